#include "services/grounding/word_support.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"

namespace bedside {
namespace {

constexpr size_t kMaxWindows = 3;
// Terms that a second sentence, or another window, must add to be worth pointing at.
constexpr size_t kWorthASentence = 2;

// Terms of `wanted` that the window holds.
TermSet HeldOf(const TermSet& wanted, const CarryingWindow& window) {
  TermSet held;
  for (const std::string& term : wanted) {
    if (window.first->read.terms.count(term) != 0 || window.last->read.terms.count(term) != 0) held.insert(term);
  }
  return held;
}

// The window that holds most of `wanted`.
std::pair<CarryingWindow, TermSet> BestWindow(const TermSet& wanted, const CitedText& cited) {
  std::pair<CarryingWindow, TermSet> best = {{nullptr, nullptr}, {}};
  for (const HeldSentence* sentence : cited.sentences) {
    TermSet held = HeldOf(wanted, {sentence, sentence});
    if (held.size() > best.second.size()) best = {{sentence, sentence}, std::move(held)};
  }
  if (best.first.first == nullptr || best.second.size() == wanted.size()) return best;
  for (size_t i = 1; i < cited.sentences.size(); ++i) {
    if (!cited.sentences[i]->follows) continue;
    const CarryingWindow window = {cited.sentences[i - 1], cited.sentences[i]};
    TermSet held = HeldOf(wanted, window);
    const bool one = best.first.first == best.first.last;
    if (held.size() >= best.second.size() + (one ? kWorthASentence : 1)) best = {window, std::move(held)};
  }
  return best;
}

// Whether all that is missing beside `held` stands around the text.
bool IsTheLast(const TermSet& missing, const TermSet& held, const CitedText& cited) {
  return absl::c_all_of(missing, [&](const std::string& term) {
    return held.count(term) != 0 || absl::c_any_of(cited.sources, [&](const SourceReading* source) {
             return source->terms_around.count(term) != 0;
           });
  });
}

}  // namespace

WordSupport FindWords(const ReadText& claim, const CitedText& cited) {
  WordSupport support;
  TermSet missing = claim.terms;
  while (support.windows.size() < kMaxWindows && !missing.empty()) {
    const auto [window, held] = BestWindow(missing, cited);
    if (held.empty()) break;
    if (!support.windows.empty() && held.size() < kWorthASentence && !IsTheLast(missing, held, cited)) break;
    support.windows.push_back(window);
    for (const std::string& term : held) missing.erase(term);
    support.terms.insert(window.first->read.terms.begin(), window.first->read.terms.end());
    support.terms.insert(window.last->read.terms.begin(), window.last->read.terms.end());
  }
  const auto wanted = static_cast<double>(claim.terms.size());
  support.coverage = claim.terms.empty() ? 0 : (wanted - static_cast<double>(missing.size())) / wanted;
  for (const SourceReading* source : cited.sources) {
    support.terms.insert(source->terms_around.begin(), source->terms_around.end());
  }
  return support;
}

std::vector<const HeldSentence*> NearestByWords(const ReadText& claim, const CitedText& cited, size_t most) {
  std::vector<std::pair<size_t, size_t>> order;
  for (size_t i = 0; i < cited.sentences.size(); ++i) {
    order.emplace_back(CountShared(claim.terms, cited.sentences[i]->read.terms), i);
  }
  absl::c_sort(
      order, [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  std::vector<const HeldSentence*> nearest;
  for (size_t i = 0; i < std::min(most, order.size()); ++i) nearest.push_back(cited.sentences[order[i].second]);
  return nearest;
}

}  // namespace bedside
