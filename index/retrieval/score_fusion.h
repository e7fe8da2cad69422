// One ranking from a lexical and a dense one.
//
// Scores of each list are standardised (mean 0, deviation 1 over the list), and the two are added with weights. A
// passage that a list lacks has that list's lowest score: the list was cut there. A lexical list that is shorter than
// its limit was not cut: what it lacks has none of the question's words and scores 0, and this 0 is one of the scores
// that are standardised. So the only passage with a rare name is told from the rest. Measured: docs/performance.md.
#ifndef BEDSIDE_INDEX_RETRIEVAL_SCORE_FUSION_H_
#define BEDSIDE_INDEX_RETRIEVAL_SCORE_FUSION_H_

#include <cstddef>
#include <vector>

#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "index/passage/scored_passage.h"

namespace bedside {

// Where a passage stood in one of the lists.
struct ListPlace {
  float score;
  // 0-based.
  size_t rank;
};

struct FusedPassage {
  PassageOrdinal passage;
  double score;
  absl::optional<ListPlace> lexical;
  absl::optional<ListPlace> dense;
  // The scores of the two lists, standardised: `score` is their sum, each times its weight.
  double lexical_standardised = 0;
  double dense_standardised = 0;
};

// The passages of both lists, best first, ties by ordinal. With one list empty, the order of the other.
// `limit`: how many passages were asked of each search.
// REQUIRES: the lists are sorted by RanksBefore; 0 <= lexical_weight <= 1, the dense list weighs the rest.
std::vector<FusedPassage> FuseScores(absl::Span<const ScoredPassage> lexical, absl::Span<const ScoredPassage> dense,
                                     double lexical_weight, size_t limit);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RETRIEVAL_SCORE_FUSION_H_
