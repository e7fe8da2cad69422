#include "index/retrieval/score_fusion.h"

#include <algorithm>
#include <cmath>

#include "absl/container/flat_hash_map.h"

namespace bedside {
namespace {

// Standardises the scores of one list.
class Standardiser {
 public:
  explicit Standardiser(absl::Span<const ScoredPassage> list) {
    if (list.empty()) return;
    for (const ScoredPassage& item : list) mean_ += item.score;
    mean_ /= static_cast<double>(list.size());
    double variance = 0;
    for (const ScoredPassage& item : list) variance += (item.score - mean_) * (item.score - mean_);
    deviation_ = std::sqrt(variance / static_cast<double>(list.size()));
    lowest_ = list.back().score;
  }

  // 0 for every passage of a list that does not discriminate.
  double operator()(const absl::optional<ListPlace>& place) const {
    const double score = place.has_value() ? place->score : lowest_;
    return deviation_ > 0 ? (score - mean_) / deviation_ : 0;
  }

 private:
  double mean_ = 0;
  double deviation_ = 0;
  double lowest_ = 0;
};

bool FusedBefore(const FusedPassage& a, const FusedPassage& b) {
  return a.score != b.score ? a.score > b.score : a.passage < b.passage;
}

// Notes the place of each passage of `list` in the member that `place` names.
void AddPlaces(absl::Span<const ScoredPassage> list, absl::optional<ListPlace> FusedPassage::*place,
               absl::flat_hash_map<PassageOrdinal, size_t>* index, std::vector<FusedPassage>* fused) {
  for (size_t rank = 0; rank < list.size(); ++rank) {
    const auto inserted = index->try_emplace(list[rank].passage, fused->size());
    if (inserted.second) fused->push_back({list[rank].passage, 0, absl::nullopt, absl::nullopt});
    (*fused)[inserted.first->second].*place = ListPlace{list[rank].score, rank};
  }
}

}  // namespace

std::vector<FusedPassage> FuseScores(absl::Span<const ScoredPassage> lexical, absl::Span<const ScoredPassage> dense,
                                     double lexical_weight) {
  absl::flat_hash_map<PassageOrdinal, size_t> index;
  std::vector<FusedPassage> fused;
  index.reserve(lexical.size() + dense.size());
  fused.reserve(lexical.size() + dense.size());
  AddPlaces(lexical, &FusedPassage::lexical, &index, &fused);
  AddPlaces(dense, &FusedPassage::dense, &index, &fused);
  const Standardiser lexical_scores(lexical);
  const Standardiser dense_scores(dense);
  for (FusedPassage& passage : fused) {
    passage.score =
        lexical_weight * lexical_scores(passage.lexical) + (1 - lexical_weight) * dense_scores(passage.dense);
  }
  std::sort(fused.begin(), fused.end(), FusedBefore);
  return fused;
}

}  // namespace bedside
