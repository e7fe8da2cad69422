// The corpus of a store, opened read-only with the model of a server's configuration: what looks at retrieval from
// inside works on it.
#ifndef BEDSIDE_TOOLS_EVAL_OPENED_CORPUS_H_
#define BEDSIDE_TOOLS_EVAL_OPENED_CORPUS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "index/embedding/openvino_embedder.h"
#include "index/engine/local_engine.h"
#include "index/retrieval/retriever.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/config/server_config.pb.h"

namespace bedside {

// Each rests on those above it.
struct OpenedCorpus {
  std::unique_ptr<OpenVinoEmbedder> embedder;
  std::unique_ptr<EvidenceStore> store;
  std::unique_ptr<LocalEngine> engine;
  std::unique_ptr<Retriever> retriever;
  std::shared_ptr<const EvidenceView> view;
};

// Errors of the model, of the store and of `retrieval`; NOT_FOUND: the store has no such corpus.
absl::StatusOr<OpenedCorpus> OpenCorpus(const config::IndexConfig& index, const config::RetrievalConfig& retrieval,
                                        const std::string& corpus);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_OPENED_CORPUS_H_
