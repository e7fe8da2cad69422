// Why a passage has the score by which it is ranked.
#ifndef BEDSIDE_INDEX_RETRIEVAL_HIT_EXPLANATION_H_
#define BEDSIDE_INDEX_RETRIEVAL_HIT_EXPLANATION_H_

#include "index/retrieval/retriever.h"
#include "proto/bedside/v1/evidence_service.pb.h"

namespace bedside {

// The parts that the score adds up to, as v1::HitExplanation says, up to the rounding of the last bits. Cost: a look
// into the posting list of each term of the question; for the passages of a page, not for all candidates.
// REQUIRES: `passage` is one of `ranking`
v1::HitExplanation ExplainHit(const Ranking& ranking, const RankedPassage& passage);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RETRIEVAL_HIT_EXPLANATION_H_
