#include "index/engine/passage_source.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

namespace bedside {

std::vector<ScoredPassage> BestOfBoth(const std::vector<ScoredPassage>& a, const std::vector<ScoredPassage>& b,
                                      size_t limit) {
  absl::flat_hash_map<PassageOrdinal, float> scores;
  for (const auto* list : {&a, &b}) {
    for (const ScoredPassage& found : *list) {
      float& score = scores.try_emplace(found.passage, found.score).first->second;
      score = std::max(score, found.score);
    }
  }
  std::vector<ScoredPassage> best;
  for (const auto& [passage, score] : scores) best.push_back({passage, score});
  std::sort(best.begin(), best.end(), RanksBefore);
  best.resize(std::min(best.size(), limit));
  return best;
}

}  // namespace bedside
