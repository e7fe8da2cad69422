#include "index/retrieval/ranked_passage.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace bedside {
namespace {

bool RanksHigher(const RankedPassage& a, const RankedPassage& b) {
  return a.score != b.score ? a.score > b.score : a.fused.passage < b.fused.passage;
}

}  // namespace

std::vector<PassageOrdinal> OrdinalsOf(absl::Span<const RankedPassage> ranked) {
  std::vector<PassageOrdinal> ordinals;
  for (const RankedPassage& passage : ranked) ordinals.push_back(passage.fused.passage);
  return ordinals;
}

void OrderFirst(size_t count, std::vector<RankedPassage>* ranked) {
  if (count == 0) return;
  const auto behind = ranked->begin() + static_cast<std::ptrdiff_t>(count);
  std::sort(ranked->begin(), behind, RanksHigher);
  if (behind == ranked->end()) return;
  const double moved = std::prev(behind)->score - behind->score;
  for (auto passage = behind; passage != ranked->end(); ++passage) passage->score += moved;
}

}  // namespace bedside
