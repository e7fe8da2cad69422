#include "index/query/spelling_corrector.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/query/drug_names.h"
#include "index/query/edit_distance.h"
#include "index/query/surface_words.h"

namespace bedside {
namespace {

size_t CountOf(uint32_t bits) { return static_cast<size_t>(__builtin_popcount(bits)); }

// One error adds at most one letter to the set and takes at most one out.
bool MayBeWithin(size_t most, uint32_t a, uint32_t b) { return CountOf(a & ~b) <= most && CountOf(b & ~a) <= most; }

bool IsPluralOf(absl::string_view plural, absl::string_view word) {
  return plural.size() == word.size() + 1 && plural.back() == 's' && plural.substr(0, word.size()) == word;
}

bool AreOneName(absl::string_view a, absl::string_view b) { return IsPluralOf(a, b) || IsPluralOf(b, a); }

}  // namespace

SpellingCorrector::Candidate SpellingCorrector::CandidateOf(size_t index, size_t distance) const {
  const absl::string_view found = words_->word(index);
  return {index, distance, std::log(static_cast<double>(words_->passages(index))), LooksLikeDrug(found)};
}

void SpellingCorrector::AddWithFirstLetter(absl::string_view word, size_t most,
                                           std::vector<Candidate>* candidates) const {
  const uint32_t letters = WordTable::LettersOf(word);
  const auto [begin, end] = words_->BeginningWith(word[0]);
  for (size_t i = begin; i < end; ++i) {
    if (!MayBeWithin(most, letters, words_->letters(i))) continue;
    const size_t distance = EditDistance(word, words_->word(i), most);
    if (distance <= most) candidates->push_back(CandidateOf(i, distance));
  }
}

// One error in the first letter: every such word is looked up.
void SpellingCorrector::AddWithOtherFirstLetter(absl::string_view word, std::vector<Candidate>* candidates) const {
  std::vector<std::string> meant = {std::string(word.substr(1)),
                                    absl::StrCat(word.substr(1, 1), word.substr(0, 1), word.substr(2))};
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    meant.push_back(absl::StrCat(std::string(1, letter), word));
    meant.push_back(absl::StrCat(std::string(1, letter), word.substr(1)));
  }
  for (const std::string& other : meant) {
    if (other[0] == word[0]) continue;
    if (const auto index = words_->Find(other); index.has_value()) candidates->push_back(CandidateOf(*index, 1));
  }
}

// Those at the least distance, the likeliest first.
std::vector<SpellingCorrector::Candidate> SpellingCorrector::CandidatesFor(absl::string_view word) const {
  std::vector<Candidate> candidates;
  AddWithFirstLetter(word, word.size() >= kTwoErrorLetters ? 2 : 1, &candidates);
  AddWithOtherFirstLetter(word, &candidates);
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    if (a.distance != b.distance) return a.distance < b.distance;
    return a.likelihood != b.likelihood ? a.likelihood > b.likelihood : a.index < b.index;
  });
  const auto farther = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
    return candidate.distance > candidates[0].distance;
  });
  candidates.erase(farther, candidates.end());
  return candidates;
}

std::vector<std::string> SpellingCorrector::DrugsAmong(const std::vector<Candidate>& candidates) const {
  std::vector<std::string> drugs;
  for (const Candidate& candidate : candidates) {
    const std::string name(words_->word(candidate.index));
    const bool is_new = std::none_of(drugs.begin(), drugs.end(), [&](const auto& it) { return AreOneName(it, name); });
    if (candidate.is_drug && is_new && drugs.size() < kMaxNames) drugs.push_back(name);
  }
  return drugs;
}

SpellingGuess SpellingCorrector::Guess(absl::string_view word) const {
  const bool is_judged = word.size() >= kMinLetters && word.size() <= WordTable::kMaxLetters && IsPlainWord(word);
  if (!is_judged) return {};
  const std::vector<Candidate> candidates = CandidatesFor(word);
  if (candidates.empty()) return {};
  std::vector<std::string> drugs = DrugsAmong(candidates);
  if (drugs.size() > 1) return {"", std::move(drugs)};
  const Candidate& best = candidates[0];
  const absl::string_view meant = words_->word(best.index);
  const bool is_sure = best.distance == 1 && meant[0] == word[0];
  if (is_sure || (!best.is_drug && !LooksLikeDrug(word))) return {std::string(meant), {}};
  // A name that nobody here knows beside one that is somewhat like it: another drug, or written wrongly.
  if (best.is_drug && LooksLikeDrug(word)) return {"", std::move(drugs)};
  return {};
}

}  // namespace bedside
