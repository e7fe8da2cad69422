// Dates but for their year, and ages above 89: 45 CFR 164.514(b)(2)(i)(C). Days of the week stay.
#include "absl/strings/numbers.h"
#include "services/privacy/identifier_pattern.h"

namespace bedside {
namespace {

// Years of birth from here on are of people who are not 90 yet, for as long as this code is likely to run.
constexpr int kFirstSafeYear = 1950;

// The numbers in `value`.
std::vector<int> NumbersIn(absl::string_view value) {
  std::vector<int> numbers;
  bool in_number = false;
  for (const char c : value) {
    const bool is_digit = c >= '0' && c <= '9';
    if (is_digit && !in_number) numbers.push_back(0);
    if (is_digit) numbers.back() = numbers.back() * 10 + (c - '0');
    in_number = is_digit;
  }
  return numbers;
}

bool IsDayOfMonth(int day, int month) { return day >= 1 && day <= 31 && month >= 1 && month <= 12; }

size_t DayMonthYear(absl::string_view value) {
  const std::vector<int> numbers = NumbersIn(value);
  const bool is = IsDayOfMonth(numbers[0], numbers[1]) || IsDayOfMonth(numbers[1], numbers[0]);
  return is ? value.size() : 0;
}

size_t YearMonthDay(absl::string_view value) {
  const std::vector<int> numbers = NumbersIn(value);
  return IsDayOfMonth(numbers[2], numbers[1]) || IsDayOfMonth(numbers[1], numbers[2]) ? value.size() : 0;
}

size_t EightDigits(absl::string_view value) {
  int date = 0;
  if (!absl::SimpleAtoi(value, &date) || date / 10000 < 1900 || date / 10000 > 2099) return 0;
  return IsDayOfMonth(date % 100, date / 100 % 100) ? value.size() : 0;
}

size_t YearOfTheOld(absl::string_view value) { return NumbersIn(value)[0] < kFirstSafeYear ? value.size() : 0; }

}  // namespace

const std::vector<IdentifierPattern>& DatePatterns() {
  static const auto& patterns = *new std::vector<IdentifierPattern>{
      // In digits.
      {v1::IDENTIFIER_KIND_DATE,
       R"((?:^|[^\w./-])(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?)(?:[^\w/-]|$))",
       &YearMonthDay},
      {v1::IDENTIFIER_KIND_DATE, R"((?:^|[^\w./-])(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?:[^\w/-]|$))", &DayMonthYear},
      {v1::IDENTIFIER_KIND_DATE, R"((?:^|[^\w./-])(\d{1,2} ?/ ?\d{1,2} ?/ ?\d{2,4})(?:[^\w/-]|$))", &DayMonthYear},
      {v1::IDENTIFIER_KIND_DATE, R"(<on>(\d{1,2}[.-]\d{1,2}[.-]\d{2})(?:[^\w/-]|$))", &DayMonthYear},
      {v1::IDENTIFIER_KIND_DATE,
       R"(<on>(\d{1,2}/\d{1,2})(?: ?[,;:?!)]|\.(?:\s|$)| (?:and|at|for|with|because|but|after|by|to|she|he|they|when|who|was|were|is|has|had|in|from|until|we|it)\b|$))",
       &DayMonthYear},
      {v1::IDENTIFIER_KIND_DATE, R"(<on>(\d{1,2}/(?:19|20)\d{2})(?:[^\w/-]|$))"},
      {v1::IDENTIFIER_KIND_DATE, R"(\b(\d{8})\b)", &EightDigits},
      // With the name of a month.
      {v1::IDENTIFIER_KIND_DATE,
       R"(\b(\d{1,2}(?:st|nd|rd|th)?(?: of|-day of)?[ .,/-]{1,2}<month>\b\.?(?:[ ,./-]{1,3}(?:of )?(?:\d{4}|'?\d{2})\b)?))"},
      {v1::IDENTIFIER_KIND_DATE, R"(\b((?-i:<fullmonth>)[ -]\d{1,2}(?:st|nd|rd|th)?\b(?:,? ?(?:\d{4}|'\d{2})\b)?))"},
      {v1::IDENTIFIER_KIND_DATE, R"(\b(<month>\.?[ -]\d{1,2}(?:st|nd|rd|th)?\b,? ?(?:19|20)\d{2})\b)"},
      {v1::IDENTIFIER_KIND_DATE, R"(\b(<month>\.?[ -]\d{1,2}(?:st|nd|rd|th))\b)"},
      {v1::IDENTIFIER_KIND_DATE, R"(<on>(<month>\.?[ -]\d{1,2})\b)"},
      {v1::IDENTIFIER_KIND_DATE, R"(\b(<month>\.?(?:,| of|-)?[ ]?(?:19|20)\d{2})\b)"},
      {v1::IDENTIFIER_KIND_DATE, R"(\b((?:19|20)\d{2}[ -]<month>(?:[ -]\d{1,2})?)\b)"},
      {v1::IDENTIFIER_KIND_DATE,
       R"(\b<month>\.? \d{1,2}(?:st|nd|rd|th)? ?(?:-|to|until|and|or) ?(\d{1,2}(?:st|nd|rd|th)?)\b)"},
      {v1::IDENTIFIER_KIND_DATE,
       R"(\b(?:in|since|last|next|this|early|late|mid|until|till|during|before|after|by|from|to)[ -]((?-i:<fullmonth>))(?:[^\w-]|$))"},
      {v1::IDENTIFIER_KIND_DATE,
       R"(\b(?:on|since|until|from|by|before|after|of) the (\d{1,2}(?:st|nd|rd|th))(?:[,.;:?!)]| (?:at|and|for|with|of (?:this|last|next) month)|$))"},
      {v1::IDENTIFIER_KIND_DATE,
       R"(\b(?:on|since|until|before|after|at|over|around|last|this|by) (christmas(?: day| eve)?|thanksgiving(?: day)?|new year'?s(?: day| eve)|easter(?: sunday| monday)?|halloween|boxing day|valentine'?s day|independence day|labor day|memorial day)\b)"},
      {v1::IDENTIFIER_KIND_DATE, R"(\b(?:born(?: in)?|birth year|year of birth|yob)<gap>((?:18|19)\d{2})\b)",
       &YearOfTheOld},
      // Ages.
      {v1::IDENTIFIER_KIND_AGE,
       R"((?:^|[^\w.<>=+-])(<old>[ -]?(?:years?[ -]{1,2}olds?|years? of age|y/?o|y\.o\.?|yrs?[ -]?olds?))\b)"},
      {v1::IDENTIFIER_KIND_AGE, R"((?:^|[^\w.<>=+-])(<old>[ -]?(?:y/?o|yr|yrs|y)?)[ ]?(?-i:[MF])(?:[^\w]|$))"},
      {v1::IDENTIFIER_KIND_AGE,
       R"(\b(?:aged?|age(?:d)? of|age is|age was|age:|turned|turns|turning)[ ]{0,2}(<old>)(?: years)?(?:[,.;:?!)\n]| (?:with|who|and [a-z]{3,}ing|presents|has|is|was|from|on|in)\b|$| years\b))"},
      {v1::IDENTIFIER_KIND_AGE, R"(\b(?:she|he|patient|who) (?:is|was) (<old>)(?: years?)?[,. ])"},
      {v1::IDENTIFIER_KIND_AGE,
       R"(\b((?:ninety|(?:one |a )?hundred(?: and)?)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine|ten))?[ -]years?[ -](?:old|of age))\b)"},
      {v1::IDENTIFIER_KIND_AGE, R"(\b(nonagenarian|centenarian|supercentenarian)\b)"},
  };
  return patterns;
}

}  // namespace bedside
