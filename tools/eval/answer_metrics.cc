#include "tools/eval/answer_metrics.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"

namespace bedside {
namespace {

// 97.5 % of the standard normal distribution lie below.
constexpr double kZ = 1.959963984540054;

using Bigrams = std::map<std::pair<std::string, std::string>, int>;

std::vector<std::string> WordsOf(absl::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)) || (c & 0x80) != 0) {
      words.back() += absl::ascii_tolower(static_cast<unsigned char>(c));
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

Bigrams BigramsOf(absl::string_view text) {
  const std::vector<std::string> words = WordsOf(text);
  Bigrams bigrams;
  for (size_t i = 1; i < words.size(); ++i) ++bigrams[{words[i - 1], words[i]}];
  return bigrams;
}

}  // namespace

double AreaUnderRoc(const std::vector<double>& positives, const std::vector<double>& negatives) {
  double above = 0;
  for (const double positive : positives) {
    for (const double negative : negatives) above += positive > negative ? 1 : positive == negative ? 0.5 : 0;
  }
  return above / (static_cast<double>(positives.size()) * static_cast<double>(negatives.size()));
}

Estimate RocEstimate(const std::vector<double>& positives, const std::vector<double>& negatives) {
  const double area = AreaUnderRoc(positives, negatives);
  const auto n = static_cast<double>(positives.size());
  const auto m = static_cast<double>(negatives.size());
  // Two positives above one negative, and one positive above two negatives, of exponential scores.
  const double two_positives = area / (2 - area);
  const double two_negatives = 2 * area * area / (1 + area);
  const double variance =
      (area * (1 - area) + (n - 1) * (two_positives - area * area) + (m - 1) * (two_negatives - area * area)) / (n * m);
  const double half = kZ * std::sqrt(std::max(0.0, variance));
  return {area, std::max(0.0, area - half), std::min(1.0, area + half)};
}

std::vector<RocPoint> RocCurve(const std::vector<double>& positives, const std::vector<double>& negatives) {
  std::map<double, std::pair<size_t, size_t>, std::greater<>> by_score;
  for (const double score : positives) ++by_score[score].first;
  for (const double score : negatives) ++by_score[score].second;
  std::vector<RocPoint> curve = {{0, 0}};
  std::pair<size_t, size_t> above;
  for (const auto& [score, counts] : by_score) {
    above.first += counts.first;
    above.second += counts.second;
    curve.push_back({static_cast<double>(above.first) / static_cast<double>(positives.size()),
                     static_cast<double>(above.second) / static_cast<double>(negatives.size())});
  }
  return curve;
}

std::vector<size_t> WrongByCoverage(std::vector<ScoredOutcome> outcomes) {
  std::stable_sort(outcomes.begin(), outcomes.end(),
                   [](const ScoredOutcome& a, const ScoredOutcome& b) { return a.confidence > b.confidence; });
  std::vector<size_t> counts;
  size_t wrong = 0;
  for (const ScoredOutcome& outcome : outcomes) {
    wrong += outcome.wrong ? 1 : 0;
    counts.push_back(wrong);
  }
  return counts;
}

double AreaUnderRiskCoverage(std::vector<ScoredOutcome> outcomes) {
  const std::vector<size_t> wrong = WrongByCoverage(std::move(outcomes));
  double risks = 0;
  for (size_t i = 0; i < wrong.size(); ++i) risks += static_cast<double>(wrong[i]) / static_cast<double>(i + 1);
  return risks / static_cast<double>(wrong.size());
}

double BigramRecall(absl::string_view reference, absl::string_view text) {
  const Bigrams held = BigramsOf(text);
  int all = 0;
  int recalled = 0;
  for (const auto& [bigram, count] : BigramsOf(reference)) {
    const auto found = held.find(bigram);
    all += count;
    recalled += found == held.end() ? 0 : std::min(count, found->second);
  }
  return all == 0 ? 0 : static_cast<double>(recalled) / all;
}

}  // namespace bedside
