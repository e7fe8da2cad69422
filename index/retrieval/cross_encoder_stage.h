// Orders the first passages of a ranking anew by a model that reads each together with the question. What lies behind
// them keeps its order.
//
// Thread-safe. Cost: reading the passages, and the model on every one of them (index/ranking/cross_encoder.h).
#ifndef BEDSIDE_INDEX_RETRIEVAL_CROSS_ENCODER_STAGE_H_
#define BEDSIDE_INDEX_RETRIEVAL_CROSS_ENCODER_STAGE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "index/engine/evidence_engine.h"
#include "index/ranking/cross_encoder.h"
#include "index/retrieval/ranked_passage.h"
#include "proto/bedside/config/retrieval_config.pb.h"

namespace bedside {

// Until when the model may run that starts at `now` for what must be there at `deadline`: half of the time that is
// left, so that the ranking can still be used, without the model where it did not end in time.
absl::Time CrossEncoderDeadline(absl::Time now, absl::Time deadline);

class CrossEncoderStage {
 public:
  // `engine` must outlive the stage. Errors are those of CrossEncoder::Load; INVALID_ARGUMENT: `candidates` out of
  // range.
  static absl::StatusOr<std::unique_ptr<CrossEncoderStage>> Create(const EvidenceEngine* engine,
                                                                   const config::CrossEncoderConfig& config);

  // Gives the first `candidates` of `ranked` the score of the model, and orders them by it. The model is given what the
  // embedder is given of a passage. After an error `ranked` is what it was: those of CrossEncoder::Score, which
  // ends at CrossEncoderDeadline, and EvidenceEngine::Read. REQUIRES: ranked are passages of the view
  absl::Status Rank(const EvidenceView& view, const std::string& question, absl::Time deadline,
                    std::vector<RankedPassage>* ranked) const;

 private:
  CrossEncoderStage(const EvidenceEngine* engine, std::unique_ptr<CrossEncoder> encoder, size_t candidates)
      : engine_(engine), encoder_(std::move(encoder)), candidates_(candidates) {}

  // What the model reads of the first `count` of `ranked`.
  absl::StatusOr<std::vector<std::string>> TextsOf(const EvidenceView& view, size_t count,
                                                   const std::vector<RankedPassage>& ranked) const;

  const EvidenceEngine* engine_;
  std::unique_ptr<CrossEncoder> encoder_;
  size_t candidates_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RETRIEVAL_CROSS_ENCODER_STAGE_H_
