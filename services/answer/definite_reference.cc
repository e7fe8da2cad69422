#include "services/answer/definite_reference.h"

#include <cstddef>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

// The words behind "the" that may be its noun or stand before it.
constexpr size_t kWordsOfAPhrase = 2;

struct OtherThanLetters {
  absl::string_view Find(absl::string_view text, size_t position) const {
    while (position < text.size() && (absl::ascii_isalnum(text[position]) || text[position] == '-')) ++position;
    return text.substr(position, position < text.size() ? 1 : 0);
  }
};

// In small letters, without plural.
std::vector<std::string> Words(absl::string_view text) {
  std::vector<std::string> words;
  for (absl::string_view word : absl::StrSplit(text, OtherThanLetters(), absl::SkipEmpty())) {
    words.push_back(absl::AsciiStrToLower(word));
    if (absl::EndsWith(words.back(), "s")) words.back().pop_back();
  }
  return words;
}

// Before these a noun phrase ends.
bool EndsAPhrase(const std::string& word) {
  static const auto& words = *new absl::flat_hash_set<std::string>{
      "i",    "are",   "wa",   "were", "ha",   "have", "had",  "can",   "may",   "will",   "should", "must", "in",
      "on",   "at",    "to",   "for",  "by",   "with", "from", "and",   "or",    "but",    "that",   "who",  "which",
      "when", "where", "than", "a",    "be",   "been", "do",   "did",   "not",   "could",  "would",  "also", "into",
      "a",    "it",    "thi",  "the",  "both", "only", "then", "about", "after", "before", "during", "over", "under"};
  return words.contains(word);
}

bool NamesNothing(const std::string& word) {
  static const auto& words = *new absl::flat_hash_set<std::string>{
      "patient", "people",  "person", "adult",   "child", "children", "study",     "studie",   "trial",
      "result",  "finding", "data",   "disease", "risk",  "use",      "number",    "majority", "most",
      "same",    "other",   "first",  "second",  "third", "last",     "next",      "best",     "more",
      "year",    "month",   "day",    "time",    "body",  "present",  "current",   "author",   "evidence",
      "main",    "general", "blood",  "united",  "state", "world",    "population"};
  return words.contains(word);
}

}  // namespace

bool SpeaksOfAsKnown(absl::string_view sentence, absl::string_view predecessor, absl::string_view known) {
  const std::vector<std::string> words = Words(sentence);
  const std::vector<std::string> named = Words(predecessor);
  absl::flat_hash_set<std::string> told;
  for (std::string& word : Words(known)) told.insert(std::move(word));
  for (size_t i = 0; i < words.size(); ++i) {
    for (size_t j = i + 1; words[i] == "the" && j <= i + kWordsOfAPhrase && j < words.size(); ++j) {
      if (EndsAPhrase(words[j])) break;
      if (j + 1 < words.size() && words[j + 1] == "of") break;
      if (!NamesNothing(words[j]) && !told.contains(words[j]) && absl::c_linear_search(named, words[j])) return true;
    }
    told.insert(words[i]);
  }
  return false;
}

}  // namespace bedside
