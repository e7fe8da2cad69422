// A passage and how well it matched. The scale is that of whoever scored it; higher is better.
#ifndef BEDSIDE_INDEX_PASSAGE_SCORED_PASSAGE_H_
#define BEDSIDE_INDEX_PASSAGE_SCORED_PASSAGE_H_

#include "index/passage/passage_ordinal.h"

namespace bedside {

struct ScoredPassage {
  PassageOrdinal passage;
  float score;
};

// The order of every ranking: by score, and by ordinal where scores are equal, so that rankings are deterministic.
inline bool RanksBefore(const ScoredPassage& a, const ScoredPassage& b) {
  return a.score != b.score ? a.score > b.score : a.passage < b.passage;
}

}  // namespace bedside

#endif  // BEDSIDE_INDEX_PASSAGE_SCORED_PASSAGE_H_
