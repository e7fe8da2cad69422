#include "tools/eval/abbreviation_swap.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/types/optional.h"

namespace bedside {
namespace {

constexpr size_t kLeastShort = 2;
constexpr size_t kMostShort = 10;
constexpr size_t kMostLongWords = 12;

bool IsAlnum(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }
char Lower(char c) { return absl::ascii_tolower(static_cast<unsigned char>(c)); }
bool IsPartOfWord(char c) { return IsAlnum(c) || (c & 0x80) != 0 || c == '-' || c == '\'' || c == '/' || c == '+'; }

bool IsShortForm(absl::string_view text) {
  if (text.size() < kLeastShort || text.size() > kMostShort || !IsAlnum(text[0])) return false;
  const auto upper = std::count_if(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isupper(c); });
  const auto digits = std::count_if(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
  return std::all_of(text.begin(), text.end(), IsPartOfWord) && (upper >= 2 || (upper == 1 && digits > 0));
}

// Where the long form of `abbreviation` begins in `before`, which ends with it. The letters are looked for from the
// right; the first must begin a word.
absl::optional<size_t> LongFormBegin(absl::string_view abbreviation, absl::string_view before) {
  size_t place = before.size();
  for (size_t i = abbreviation.size(); i-- > 0;) {
    if (!IsAlnum(abbreviation[i])) continue;
    const char letter = Lower(abbreviation[i]);
    do {
      if (place == 0) return absl::nullopt;
      --place;
    } while (Lower(before[place]) != letter || (i == 0 && place > 0 && IsAlnum(before[place - 1])));
  }
  // From the beginning of the word that holds the first letter.
  const size_t space = before.substr(0, place).find_last_of(" \n");
  return space == before.npos ? 0 : space + 1;
}

// Lower case, one space between words. "" for what cannot be the long form of `abbreviation`.
std::string LongForm(absl::string_view abbreviation, absl::string_view before) {
  const absl::optional<size_t> begin = LongFormBegin(abbreviation, before);
  if (!begin.has_value()) return "";
  const std::vector<std::string> words =
      absl::StrSplit(absl::AsciiStrToLower(before.substr(*begin)), absl::ByAnyChar(" \n"), absl::SkipEmpty());
  const size_t most = std::min({abbreviation.size() + 5, abbreviation.size() * 2, kMostLongWords});
  std::string long_form = absl::StrJoin(words, " ");
  const bool is_plain =
      std::all_of(long_form.begin(), long_form.end(), [](char c) { return IsPartOfWord(c) || c == ' '; });
  const bool holds_itself = std::find(words.begin(), words.end(), absl::AsciiStrToLower(abbreviation)) != words.end();
  if (long_form.size() <= abbreviation.size() || words.size() > most || !is_plain || holds_itself) return "";
  return long_form;
}

struct Word {
  size_t begin;
  size_t end;
};

std::vector<Word> WordsOf(absl::string_view text) {
  std::vector<Word> words;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    while (end < text.size() && IsPartOfWord(text[end])) ++end;
    if (end > begin) words.push_back({begin, end});
    begin = end + 1;
  }
  return words;
}

bool HasWord(absl::string_view text, const std::vector<Word>& words, absl::string_view wanted) {
  return std::any_of(words.begin(), words.end(),
                     [&](const Word& word) { return text.substr(word.begin, word.end - word.begin) == wanted; });
}

}  // namespace

void AbbreviationSwap::Read(absl::string_view text) {
  for (size_t open = text.find('('); open != text.npos; open = text.find('(', open + 1)) {
    const size_t close = text.find_first_of("();,", open + 1);
    if (close == text.npos || text[close] == '(') continue;
    const absl::string_view abbreviation = absl::StripAsciiWhitespace(text.substr(open + 1, close - open - 1));
    if (!IsShortForm(abbreviation)) continue;
    const size_t stop = text.substr(0, open).find_last_of(".;:()");
    const size_t from = stop == text.npos ? 0 : stop + 1;
    const std::string long_form = LongForm(abbreviation, absl::StripAsciiWhitespace(text.substr(from, open - from)));
    if (long_form.empty()) continue;
    ++long_forms_[abbreviation][long_form];
    ++abbreviations_[long_form][std::string(abbreviation)];
  }
}

std::string AbbreviationSwap::LongFormOf(absl::string_view abbreviation) const {
  const auto found = long_forms_.find(abbreviation);
  if (found == long_forms_.end()) return "";
  size_t all = 0;
  const Definitions::value_type* best = nullptr;
  for (const Definitions::value_type& definition : found->second) {
    all += definition.second;
    if (best == nullptr || definition.second > best->second) best = &definition;
  }
  return 3 * best->second >= 2 * all ? best->first : "";
}

std::string AbbreviationSwap::AbbreviationOf(absl::string_view long_form) const {
  const auto found = abbreviations_.find(long_form);
  if (found == abbreviations_.end()) return "";
  const auto best = std::max_element(found->second.begin(), found->second.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return LongFormOf(best->first) == long_form ? best->first : "";
}

std::string AbbreviationSwap::ToLongForms(absl::string_view question) const {
  const std::string lower = absl::AsciiStrToLower(question);
  std::string swapped;
  size_t done = 0;
  for (const Word& word : WordsOf(question)) {
    const std::string long_form = LongFormOf(question.substr(word.begin, word.end - word.begin));
    if (long_form.empty() || absl::StrContains(lower, long_form)) continue;
    absl::StrAppend(&swapped, question.substr(done, word.begin - done), long_form);
    done = word.end;
  }
  return absl::StrCat(swapped, question.substr(done));
}

std::string AbbreviationSwap::ToAbbreviations(absl::string_view question) const {
  const std::vector<Word> words = WordsOf(question);
  const std::string lower = absl::AsciiStrToLower(question);
  std::string swapped;
  size_t done = 0;
  for (size_t first = 0; first < words.size(); ++first) {
    for (size_t last = std::min(words.size(), first + kMostLongWords); last-- > first;) {
      const size_t begin = words[first].begin;
      const std::string abbreviation = AbbreviationOf(absl::string_view(lower).substr(begin, words[last].end - begin));
      if (abbreviation.empty() || HasWord(question, words, abbreviation)) continue;
      absl::StrAppend(&swapped, question.substr(done, begin - done), abbreviation);
      done = words[last].end;
      first = last;
    }
  }
  return absl::StrCat(swapped, question.substr(done));
}

}  // namespace bedside
