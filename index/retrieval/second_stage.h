// Orders the best candidates of the fusion anew, by a trained ranker, and says how probable it is that each bears on
// the question. What lies behind them keeps its order.
//
// Thread-safe. Cost, for the 100 candidates of a search of bioasq-dev: about 1.3 ms, a quarter of it each to read their
// tokens, to find these, to compare them with those of the question, and to compare the candidates. It grows with the
// tokens of the passages and, up to QuestionTokens::kMostTokens, of the question. No deadline ends it.
#ifndef BEDSIDE_INDEX_RETRIEVAL_SECOND_STAGE_H_
#define BEDSIDE_INDEX_RETRIEVAL_SECOND_STAGE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "index/engine/evidence_engine.h"
#include "index/ranking/passage_ranker.h"
#include "index/retrieval/ranked_passage.h"
#include "index/retrieval/score_fusion.h"
#include "proto/bedside/config/retrieval_config.pb.h"

namespace bedside {

class SecondStage {
 public:
  // Without a model_path it judges nothing. `engine` must outlive the stage. Errors are those of PassageRanker::Load;
  // INVALID_ARGUMENT: `candidates` out of range.
  static absl::StatusOr<std::unique_ptr<SecondStage>> Create(const EvidenceEngine* engine,
                                                             const config::RankerConfig& config,
                                                             const std::string& embedder_id);

  bool has_ranker() const { return ranker_ != nullptr; }

  // As the fusion left it, nothing judged.
  static std::vector<RankedPassage> ByFusion(std::vector<FusedPassage> fused);

  // `query`: that of the search which found `fused`, with its vector. Errors are those of EvidenceEngine::Signals.
  absl::StatusOr<std::vector<RankedPassage>> Rank(const EvidenceView& view, const CandidateQuery& query,
                                                  const std::vector<FusedPassage>& fused) const;

  // What the ranker is given of the first `candidates` of `fused`. Errors are those of EvidenceEngine::Signals.
  // REQUIRES: fused is not empty
  absl::StatusOr<CandidateFeatures> Features(const EvidenceView& view, const CandidateQuery& query,
                                             absl::Span<const FusedPassage> fused) const;

 private:
  SecondStage(const EvidenceEngine* engine, std::unique_ptr<PassageRanker> ranker, size_t candidates)
      : engine_(engine), ranker_(std::move(ranker)), candidates_(candidates) {}

  const EvidenceEngine* engine_;
  std::unique_ptr<PassageRanker> ranker_;
  size_t candidates_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RETRIEVAL_SECOND_STAGE_H_
