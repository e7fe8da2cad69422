// A passage in a ranking, and the order of a ranking.
#ifndef BEDSIDE_INDEX_RETRIEVAL_RANKED_PASSAGE_H_
#define BEDSIDE_INDEX_RETRIEVAL_RANKED_PASSAGE_H_

#include <cstddef>
#include <vector>

#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "index/passage/passage_ordinal.h"
#include "index/ranking/evidence_prior.h"
#include "index/ranking/passage_ranker.h"
#include "index/retrieval/score_fusion.h"

namespace bedside {

struct RankedPassage {
  FusedPassage fused;
  // What the ranking is by: of the last stage that judged the passage, or, behind what a stage judged, of the stages
  // before it, moved below; and the sum of the prior.
  double score;
  // Unset where no ranker judged it.
  absl::optional<PassageRanker::Judgement> judged;
  // Unset where no cross-encoder read it.
  absl::optional<double> cross_encoded;
  // What PriorStage added, as it added it; 0 where it did not.
  PriorParts prior = {};
};

// Which passages these are, in their order.
std::vector<PassageOrdinal> OrdinalsOf(absl::Span<const RankedPassage> ranked);

// Orders the first `count` of `ranked`, to which a stage gave new scores, by these, equal ones by ordinal. The others
// keep their order behind them; their scores are moved by the same number, so that the first of them has the lowest
// score before them. REQUIRES: count <= ranked->size()
void OrderFirst(size_t count, std::vector<RankedPassage>* ranked);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RETRIEVAL_RANKED_PASSAGE_H_
