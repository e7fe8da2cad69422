#include "ingest/connectors/publication_date.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace bedside {
namespace {

constexpr absl::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsLetter(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); }

// Runs of digits and of letters, in order.
std::vector<absl::string_view> Words(absl::string_view text) {
  std::vector<absl::string_view> words;
  for (size_t i = 0; i < text.size();) {
    size_t end = i + 1;
    if (IsDigit(text[i])) {
      while (end < text.size() && IsDigit(text[end])) ++end;
      words.push_back(text.substr(i, end - i));
    } else if (IsLetter(text[i])) {
      while (end < text.size() && IsLetter(text[end])) ++end;
      words.push_back(text.substr(i, end - i));
    }
    i = end;
  }
  return words;
}

// The number, when it has at most `digits` digits and is in range; otherwise 0.
int Number(absl::string_view word, size_t digits, int low, int high) {
  int value = 0;
  if (word.empty() || word.size() > digits || !absl::SimpleAtoi(word, &value)) return 0;
  return value >= low && value <= high ? value : 0;
}

int Year(absl::string_view word) { return word.size() == 4 ? Number(word, 4, 1000, 2999) : 0; }

int MonthName(absl::string_view word) {
  if (word.size() < 3) return 0;
  for (int month = 1; month <= 12; ++month) {
    if (absl::EqualsIgnoreCase(word.substr(0, 3), kMonths[month - 1])) return month;
  }
  return 0;
}

int Month(absl::string_view word) {
  const int name = MonthName(word);
  return name > 0 ? name : Number(word, 2, 1, 12);
}

// REQUIRES: month is from 1 to 12
int DaysOf(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return kDays[month - 1] + (month == 2 && is_leap ? 1 : 0);
}

v1::Date MakeDate(int year, int month, int day) {
  v1::Date date;
  if (year == 0) return date;
  date.set_year(year);
  date.set_month(month);
  if (month > 0 && day <= DaysOf(year, month)) date.set_day(day);
  return date;
}

}  // namespace

v1::Date PublicationDate(absl::string_view year, absl::string_view month, absl::string_view day) {
  return MakeDate(Year(absl::StripAsciiWhitespace(year)), Month(absl::StripAsciiWhitespace(month)),
                  Number(absl::StripAsciiWhitespace(day), 2, 1, 31));
}

v1::Date ParsePublicationDate(absl::string_view text) {
  const std::vector<absl::string_view> words = Words(text.substr(0, 100));
  size_t at = 0;
  while (at < words.size() && Year(words[at]) == 0) ++at;
  if (at == words.size()) return v1::Date();
  const auto word = [&words](size_t i) { return i < words.size() ? words[i] : absl::string_view(); };
  const int year = Year(words[at]);
  // Year first: "2011 Aug 2", "2011-08-02".
  if (at == 0) return MakeDate(year, Month(word(1)), Number(word(2), 2, 1, 31));
  // Year last: "2 August 2011", "August 2, 2011", "August 2011".
  if (const int month = MonthName(words[at - 1]); month > 0) {
    return MakeDate(year, month, at >= 2 ? Number(words[at - 2], 2, 1, 31) : 0);
  }
  const int day = Number(words[at - 1], 2, 1, 31);
  return MakeDate(year, day > 0 && at >= 2 ? MonthName(words[at - 2]) : 0, day);
}

}  // namespace bedside
