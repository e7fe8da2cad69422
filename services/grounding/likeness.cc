#include "services/grounding/likeness.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace bedside {
namespace {

constexpr size_t kReach = 6;
// What a token weighs against its neighbour nearer to the place.
constexpr std::array<double, kReach> kWeights = {1, 0.8, 0.64, 0.51, 0.41, 0.33};
constexpr double kGrammarWeight = 0.4;
// Lost with each token of difference in distance, up to the largest difference at which two are the same.
constexpr double kLossPerStep = 0.15;
constexpr size_t kMaxSteps = 2;
constexpr double kOtherSide = 0.3;

// Tokens of one side, nearest first.
class SideView {
 public:
  SideView(const Place& place, bool before) : place_(place), before_(before) {}
  size_t size() const { return std::min(kReach, before_ ? place_.before : place_.tokens->size() - place_.behind); }
  const Token& operator[](size_t i) const {
    return (*place_.tokens)[before_ ? place_.before - 1 - i : place_.behind + i];
  }

 private:
  const Place& place_;
  bool before_;
};

double Found(const Token& token, size_t distance, const SideView& same, const SideView& other) {
  double best = 0;
  for (size_t i = 0; i < same.size(); ++i) {
    const size_t steps = i > distance ? i - distance : distance - i;
    if (steps > kMaxSteps || same[i].key != token.key) continue;
    best = std::max(best, 1 - kLossPerStep * static_cast<double>(steps));
  }
  if (best > 0 || !token.content) return best;
  for (size_t i = 0; i < other.size(); ++i) {
    if (other[i].key == token.key) return kOtherSide;
  }
  return 0;
}

}  // namespace

double Likeness(const Place& said, const Place& held) {
  double total = 0;
  double found = 0;
  for (const bool before : {true, false}) {
    const SideView side(said, before);
    const SideView same(held, before);
    const SideView other(held, !before);
    for (size_t i = 0; i < side.size(); ++i) {
      const double weight = kWeights[i] * (side[i].content ? 1 : kGrammarWeight);
      total += weight;
      found += weight * Found(side[i], i, same, other);
    }
  }
  return total == 0 ? 0 : found / total;
}

}  // namespace bedside
