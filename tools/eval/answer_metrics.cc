#include "tools/eval/answer_metrics.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"

namespace bedside {
namespace {

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

double AreaUnderRiskCoverage(std::vector<ScoredOutcome> outcomes) {
  std::stable_sort(outcomes.begin(), outcomes.end(),
                   [](const ScoredOutcome& a, const ScoredOutcome& b) { return a.confidence > b.confidence; });
  double risks = 0;
  double wrong = 0;
  for (size_t i = 0; i < outcomes.size(); ++i) {
    wrong += outcomes[i].wrong ? 1 : 0;
    risks += wrong / static_cast<double>(i + 1);
  }
  return risks / static_cast<double>(outcomes.size());
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
