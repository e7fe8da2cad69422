#include "index/retrieval/score_fusion.h"

#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "index/ranking/spread.h"

namespace bedside {
namespace {

// Standardises the scores of one list, and that of what it lacks.
class Standardiser {
 public:
  // `absent`: the score of a passage that the list lacks, one of the scores; unset: the lowest of the list.
  Standardiser(absl::Span<const ScoredPassage> list, absl::optional<double> absent) {
    std::vector<double> scores;
    for (const ScoredPassage& item : list) scores.push_back(item.score);
    if (absent.has_value()) scores.push_back(*absent);
    if (scores.empty()) return;
    absent_ = scores.back();
    spread_ = SpreadOf(scores);
  }

  // 0 for every passage of a list that does not discriminate.
  double operator()(const absl::optional<ListPlace>& place) const {
    const double score = place.has_value() ? place->score : absent_;
    return spread_.deviation > 0 ? (score - spread_.mean) / spread_.deviation : 0;
  }

 private:
  Spread spread_;
  double absent_ = 0;
};

// Notes the place of each passage of `list` in the member that `place` names.
void AddPlaces(absl::Span<const ScoredPassage> list, absl::optional<ListPlace> FusedPassage::*place,
               absl::flat_hash_map<PassageOrdinal, size_t>* index, std::vector<FusedPassage>* fused) {
  for (size_t rank = 0; rank < list.size(); ++rank) {
    const auto inserted = index->try_emplace(list[rank].passage, fused->size());
    if (inserted.second) fused->push_back({list[rank].passage, 0, absl::nullopt, absl::nullopt, 0, 0});
    (*fused)[inserted.first->second].*place = ListPlace{list[rank].score, rank};
  }
}

}  // namespace

std::vector<FusedPassage> FuseScores(absl::Span<const ScoredPassage> lexical, absl::Span<const ScoredPassage> dense,
                                     double lexical_weight, size_t limit) {
  absl::flat_hash_map<PassageOrdinal, size_t> index;
  std::vector<FusedPassage> fused;
  index.reserve(lexical.size() + dense.size());
  fused.reserve(lexical.size() + dense.size());
  AddPlaces(lexical, &FusedPassage::lexical, &index, &fused);
  AddPlaces(dense, &FusedPassage::dense, &index, &fused);
  const bool others_have_no_word = lexical.size() < limit && lexical.size() < fused.size();
  const Standardiser lexical_scores(lexical, others_have_no_word ? absl::make_optional(0.0) : absl::nullopt);
  const Standardiser dense_scores(dense, absl::nullopt);
  for (FusedPassage& passage : fused) {
    passage.lexical_standardised = lexical_scores(passage.lexical);
    passage.dense_standardised = dense_scores(passage.dense);
    passage.score = lexical_weight * passage.lexical_standardised + (1 - lexical_weight) * passage.dense_standardised;
  }
  std::sort(fused.begin(), fused.end(), [](const FusedPassage& a, const FusedPassage& b) {
    return a.score != b.score ? a.score > b.score : a.passage < b.passage;
  });
  return fused;
}

}  // namespace bedside
