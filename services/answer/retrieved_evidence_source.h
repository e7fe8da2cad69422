// Evidence by retrieval: the best passages of the ranking, as EvidenceList chooses them, read with their documents.
#ifndef BEDSIDE_SERVICES_ANSWER_RETRIEVED_EVIDENCE_SOURCE_H_
#define BEDSIDE_SERVICES_ANSWER_RETRIEVED_EVIDENCE_SOURCE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "index/engine/evidence_engine.h"
#include "index/retrieval/retriever.h"
#include "index/text/sentence_splitter.h"
#include "proto/bedside/config/retrieval_config.pb.h"
#include "services/answer/evidence_source.h"

namespace bedside {

class RetrievedEvidenceSource : public EvidenceSource {
 public:
  // Passages of the ranking that are looked at for each one that is wanted.
  static constexpr size_t kDepth = 4;

  // Both must outlive the source. Errors are those of SentenceSplitter::Create.
  static absl::StatusOr<std::unique_ptr<RetrievedEvidenceSource>> Create(const EvidenceEngine* engine,
                                                                         const Retriever* retriever,
                                                                         const config::EvidenceListConfig& config);

  absl::StatusOr<RetrievedEvidence> Find(const EvidenceQuestion& question) const override;

 private:
  RetrievedEvidenceSource(const EvidenceEngine* engine, const Retriever* retriever,
                          const config::EvidenceListConfig& config, std::unique_ptr<SentenceSplitter> splitter);

  absl::StatusOr<std::vector<EvidencePassage>> Choose(const Ranking& ranking, size_t limit) const;

  const EvidenceEngine* engine_;
  const Retriever* retriever_;
  const config::EvidenceListConfig list_config_;
  std::unique_ptr<SentenceSplitter> splitter_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_RETRIEVED_EVIDENCE_SOURCE_H_
