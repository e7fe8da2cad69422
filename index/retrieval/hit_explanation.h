// Why a passage has the score by which it is ranked.
#ifndef BEDSIDE_INDEX_RETRIEVAL_HIT_EXPLANATION_H_
#define BEDSIDE_INDEX_RETRIEVAL_HIT_EXPLANATION_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "index/engine/passage_source.h"
#include "index/retrieval/retriever.h"
#include "proto/bedside/v1/evidence_service.pb.h"

namespace bedside {

// The parts that the score of each passage adds up to, as v1::HitExplanation says, up to the rounding of the last bits.
// Errors are those of PassageSource::TermScores, and so is the cost: for the passages of a page, not for all
// candidates. REQUIRES: `passages` are some of `ranking`, which was made of what `source` has
absl::StatusOr<std::vector<v1::HitExplanation>> ExplainHits(const PassageSource& source, const Ranking& ranking,
                                                            absl::Span<const RankedPassage> passages);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RETRIEVAL_HIT_EXPLANATION_H_
