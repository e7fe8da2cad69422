#include "index/retrieval/ranking_metrics.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace bedside {
namespace {

int GradeOf(const std::string& document, const Judgements& judgements) {
  const auto found = judgements.find(document);
  return found == judgements.end() ? 0 : std::max(found->second, 0);
}

// Of the first `k` grades, best rank first.
double DiscountedGain(size_t k, absl::Span<const int> grades) {
  double gain = 0;
  for (size_t i = 0; i < std::min(k, grades.size()); ++i) gain += grades[i] / std::log2(static_cast<double>(i) + 2);
  return gain;
}

}  // namespace

size_t RelevantCount(const Judgements& judgements) {
  return static_cast<size_t>(
      std::count_if(judgements.begin(), judgements.end(), [](const auto& judgement) { return judgement.second > 0; }));
}

double NdcgAt(size_t k, absl::Span<const std::string> ranking, const Judgements& judgements) {
  std::vector<int> grades;
  for (const std::string& document : ranking) grades.push_back(GradeOf(document, judgements));
  std::vector<int> ideal;
  for (const auto& [document, grade] : judgements) ideal.push_back(std::max(grade, 0));
  std::sort(ideal.begin(), ideal.end(), std::greater<int>());
  return DiscountedGain(k, grades) / DiscountedGain(k, ideal);
}

double RecallAt(size_t k, absl::Span<const std::string> ranking, const Judgements& judgements) {
  const auto first = ranking.subspan(0, std::min(k, ranking.size()));
  const auto found = std::count_if(first.begin(), first.end(), [&judgements](const std::string& document) {
    return GradeOf(document, judgements) > 0;
  });
  return static_cast<double>(found) / static_cast<double>(RelevantCount(judgements));
}

double ReciprocalRank(absl::Span<const std::string> ranking, const Judgements& judgements) {
  for (size_t i = 0; i < ranking.size(); ++i) {
    if (GradeOf(ranking[i], judgements) > 0) return 1.0 / static_cast<double>(i + 1);
  }
  return 0;
}

}  // namespace bedside
