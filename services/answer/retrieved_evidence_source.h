// Evidence by retrieval: the best passages of the ranking, read with their documents.
#ifndef BEDSIDE_SERVICES_ANSWER_RETRIEVED_EVIDENCE_SOURCE_H_
#define BEDSIDE_SERVICES_ANSWER_RETRIEVED_EVIDENCE_SOURCE_H_

#include <string>

#include "absl/status/statusor.h"
#include "index/engine/evidence_engine.h"
#include "index/retrieval/retriever.h"
#include "services/answer/evidence_source.h"

namespace bedside {

class RetrievedEvidenceSource : public EvidenceSource {
 public:
  // Both must outlive the source.
  RetrievedEvidenceSource(const EvidenceEngine* engine, const Retriever* retriever)
      : engine_(engine), retriever_(retriever) {}

  absl::StatusOr<RetrievedEvidence> Find(const EvidenceQuestion& question) const override;

 private:
  const EvidenceEngine* engine_;
  const Retriever* retriever_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_RETRIEVED_EVIDENCE_SOURCE_H_
