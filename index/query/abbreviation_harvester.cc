#include "index/query/abbreviation_harvester.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"

namespace bedside {
namespace {

constexpr size_t kMinShortForm = 2;
constexpr size_t kMaxShortForm = 10;
constexpr size_t kMaxLongForm = 200;

bool IsAlnum(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }
bool IsUpper(char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); }
char Lower(char c) { return absl::ascii_tolower(static_cast<unsigned char>(c)); }
// A byte of a letter outside ASCII counts as part of a word.
bool IsWordByte(char c) { return IsAlnum(c) || static_cast<unsigned char>(c) >= 0x80; }

bool IsInsideCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Words that a long form may have. Source: section 3.1 of the paper.
size_t MaxWords(absl::string_view short_form) { return std::min(short_form.size() + 5, short_form.size() * 2); }

// The last `words` words of `text`.
absl::string_view LastWords(absl::string_view text, size_t words) {
  size_t begin = text.size();
  while (words > 0 && begin > 0) {
    const size_t space = text.rfind(' ', begin - 1);
    begin = space == absl::string_view::npos ? 0 : space;
    --words;
  }
  return absl::StripAsciiWhitespace(text.substr(begin));
}

// The end of `text` that holds the letters of the short form in order, the first at the begin of a word; "" for none.
absl::string_view BestLongForm(absl::string_view short_form, absl::string_view text) {
  size_t end = text.size();  // letters of `text` before it are still to be looked at
  for (size_t s = short_form.size(); s-- > 0;) {
    if (!IsAlnum(short_form[s])) continue;
    const char wanted = Lower(short_form[s]);
    const auto matches = [&](size_t i) {
      return Lower(text[i]) == wanted && (s > 0 || i == 0 || !IsWordByte(text[i - 1]));
    };
    while (end > 0 && !matches(end - 1)) --end;
    if (end == 0) return {};
    --end;
  }
  const size_t space = text.rfind(' ', end);
  return text.substr(space == absl::string_view::npos ? 0 : space + 1);
}

bool IsLongForm(absl::string_view short_form, absl::string_view long_form) {
  const auto words = static_cast<size_t>(std::count(long_form.begin(), long_form.end(), ' ')) + 1;
  const bool has_bracket = long_form.find_first_of("()[];:") != absl::string_view::npos;
  const size_t inside = long_form.find(short_form);
  return long_form.size() > short_form.size() && long_form.size() <= kMaxLongForm && words <= MaxWords(short_form) &&
         !has_bracket && inside == absl::string_view::npos;
}

// Where the clause that ends at `end` begins: a long form never reaches over the end of a sentence or another bracket.
size_t BeginOfClause(absl::string_view text, size_t end) {
  size_t from = end > kMaxLongForm ? end - kMaxLongForm : 0;
  while (from < end && IsInsideCharacter(text[from])) ++from;
  const absl::string_view before = text.substr(from, end - from);
  size_t begin = before.find_last_of("()[];:\n");
  begin = begin == absl::string_view::npos ? 0 : begin + 1;
  const size_t stop = before.rfind(". ");
  if (stop != absl::string_view::npos) begin = std::max(begin, stop + 2);
  return from + begin;
}

absl::string_view LastWord(absl::string_view text) {
  const size_t space = text.find_last_of(" (");
  return space == absl::string_view::npos ? text : text.substr(space + 1);
}

void Add(absl::string_view short_form, absl::string_view text, std::vector<AbbreviationDefinition>* found) {
  short_form = ShortFormOf(short_form);
  if (!IsShortForm(short_form)) return;
  const absl::string_view long_form = BestLongForm(short_form, LastWords(text, MaxWords(short_form)));
  if (!long_form.empty() && IsLongForm(short_form, long_form)) found->push_back({short_form, long_form});
}

}  // namespace

absl::string_view ShortFormOf(absl::string_view word) {
  const bool is_plural = word.size() > 2 && word.back() == 's' &&
                         (IsUpper(word[word.size() - 2]) || absl::ascii_isdigit(word[word.size() - 2]));
  return is_plural ? word.substr(0, word.size() - 1) : word;
}

bool IsShortForm(absl::string_view word) {
  return word.size() >= kMinShortForm && word.size() <= kMaxShortForm && IsAlnum(word.front()) &&
         IsWordByte(word.back()) && std::any_of(word.begin(), word.end(), IsUpper) &&
         std::all_of(word.begin(), word.end(), [](char c) { return IsWordByte(c) || c == '-'; });
}

std::vector<AbbreviationDefinition> HarvestAbbreviations(absl::string_view text) {
  std::vector<AbbreviationDefinition> found;
  for (size_t open = text.find('('); open != absl::string_view::npos; open = text.find('(', open + 1)) {
    const size_t close = text.find_first_of("()", open + 1);
    if (close == absl::string_view::npos || text[close] == '(' || close - open > kMaxLongForm) continue;
    absl::string_view inside = absl::StripAsciiWhitespace(text.substr(open + 1, close - open - 1));
    inside = absl::StripAsciiWhitespace(inside.substr(0, inside.find_first_of(",;")));
    const size_t begin = BeginOfClause(text, open);
    const absl::string_view before = absl::StripAsciiWhitespace(text.substr(begin, open - begin));
    if (inside.find(' ') == absl::string_view::npos) {
      Add(inside, before, &found);
    } else {
      Add(LastWord(before), inside, &found);
    }
  }
  return found;
}

}  // namespace bedside
