#include "tools/eval/opened_corpus.h"

#include "index/status/status_macros.h"

namespace bedside {

absl::StatusOr<OpenedCorpus> OpenCorpus(const config::IndexConfig& index, const config::RetrievalConfig& retrieval,
                                        const std::string& corpus) {
  OpenedCorpus opened;
  ASSIGN_OR_RETURN(opened.embedder, OpenVinoEmbedder::Create(index.embedder()));
  ASSIGN_OR_RETURN(opened.store, EvidenceStore::Open(index.store_path(), Database::Access::kReadOnly));
  ASSIGN_OR_RETURN(opened.engine, LocalEngine::Create(opened.store.get(), index, opened.embedder->id()));
  ASSIGN_OR_RETURN(opened.retriever, Retriever::Create(opened.engine.get(), opened.embedder.get(), retrieval));
  ASSIGN_OR_RETURN(opened.view, opened.engine->View(corpus));
  return opened;
}

}  // namespace bedside
