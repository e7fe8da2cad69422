// Reads the evidence of a recorded answer again, and says whether it is, byte for byte, what it was, and what has
// changed since.
//
// Thread-safe. Cost: each document read once, all together.
#ifndef BEDSIDE_SERVICES_RECORD_ANSWER_REPLAY_H_
#define BEDSIDE_SERVICES_RECORD_ANSWER_REPLAY_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "index/engine/evidence_engine.h"
#include "proto/bedside/config/access_labels.h"
#include "proto/bedside/storage/answer_record.pb.h"
#include "proto/bedside/v1/answer_service.pb.h"

namespace bedside {

class AnswerReplay {
 public:
  // `engine` must outlive the replay.
  explicit AnswerReplay(const EvidenceEngine* engine) : engine_(engine) {}

  // See AnswerService.ReplayAnswer. Passages that are read back as they were have their text again. A corpus that
  // cannot be served makes `status` and `changes` unknown, which is no error. DATA_LOSS: the store cannot be read.
  // Where a cluster has the documents, also what reading there fails with; UNAVAILABLE: it has not been seen for too
  // long.
  // NOT_FOUND: CheckVisible of `labels`.
  absl::StatusOr<v1::ReplayAnswerResponse> Replay(const storage::AnswerRecord& record,
                                                  const AccessLabels& labels = {}) const;

 private:
  // Of a piece of evidence: its document, and that in the version cited, which pieces share.
  struct Source {
    std::string document;
    std::shared_ptr<const absl::StatusOr<storage::Document>> content;
  };

  absl::StatusOr<std::vector<Source>> ReadSources(const std::string& corpus, const v1::Basis& basis) const;
  absl::StatusOr<v1::ReplayedEvidence> ReplayEvidence(const std::string& corpus, const EvidenceView* view,
                                                      const Source& source, v1::Evidence* evidence) const;

  const EvidenceEngine* engine_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RECORD_ANSWER_REPLAY_H_
