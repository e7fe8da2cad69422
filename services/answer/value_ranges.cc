#include "services/answer/value_ranges.h"

#include <re2/re2.h>

#include <limits>
#include <map>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace bedside {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr char kMonths[] = "months";
constexpr char kNumber[] = R"((\d+(?:[.,]\d+)*))";
constexpr char kUnit[] =
    R"((?:[\s-]*(%|(?:years?|yrs?|months?|weeks?|days?|[km]?g(?:/\w+)?|micrograms?|mcg|ml(?:/\w+)*|mmol(?:/\w+)?|mmhg)\b))?)";

struct Quantity {
  double number;
  std::string unit;
};

// Ages in months, so that they can be compared.
Quantity QuantityOf(absl::string_view number, absl::string_view unit) {
  Quantity quantity{0, absl::AsciiStrToLower(unit)};
  if (!absl::SimpleAtod(absl::StrReplaceAll(number, {{",", ""}}), &quantity.number)) return quantity;
  const char first = quantity.unit.empty() ? ' ' : quantity.unit[0];
  const bool months = absl::StrContains(quantity.unit, "month");
  const bool age = months || first == 'y' || first == 'w' || first == 'd';
  if (!age) return quantity;
  const double in_months = months ? 1 : first == 'y' ? 12 : first == 'w' ? 12 / 52.0 : 12 / 365.0;
  return {quantity.number * in_months, kMonths};
}

struct Range {
  double begin;
  double end;
  bool with_begin;
  bool with_end;
  std::string unit;

  bool Holds(double number) const {
    return (number > begin || (with_begin && number == begin)) && (number < end || (with_end && number == end));
  }
};

re2::StringPiece Piece(absl::string_view text) { return {text.data(), text.size()}; }

void AddSpans(absl::string_view row, std::vector<Range>& ranges) {
  static const RE2& pattern =
      *new RE2(absl::StrCat("(?i)", kNumber, kUnit, R"(\s*(?:to|-|–|—|and)\s*)", kNumber, kUnit));
  re2::StringPiece rest = Piece(row);
  std::string begin, begin_unit, end, end_unit;
  while (RE2::FindAndConsume(&rest, pattern, &begin, &begin_unit, &end, &end_unit)) {
    const Quantity last = QuantityOf(end, end_unit);
    const Quantity first = QuantityOf(begin, begin_unit.empty() ? end_unit : begin_unit);
    ranges.push_back({first.number, last.number, true, true, last.unit});
  }
}

void AddOpen(absl::string_view row, std::vector<Range>& ranges) {
  static const RE2& below =
      *new RE2(absl::StrCat(R"((?i)(?:below|under|less than|younger than|<)\s*)", kNumber, kUnit));
  static const RE2& up_to = *new RE2(absl::StrCat(R"((?i)(?:up to|at most|≤|<=)\s*)", kNumber, kUnit));
  static const RE2& above = *new RE2(absl::StrCat(R"((?i)(?:over|above|more than|older than|>)\s*)", kNumber, kUnit));
  static const RE2& from = *new RE2(absl::StrCat(R"((?i)(?:at least|from|≥|>=)\s*)", kNumber, kUnit));
  static const RE2& or_more =
      *new RE2(absl::StrCat("(?i)", kNumber, kUnit, R"(\s*(?:and|or) (?:more|over|older|above))"));
  const auto add = [&](const RE2& pattern, bool from_number, bool with_number) {
    re2::StringPiece rest = Piece(row);
    std::string number, unit;
    while (RE2::FindAndConsume(&rest, pattern, &number, &unit)) {
      const Quantity limit = QuantityOf(number, unit);
      ranges.push_back(from_number ? Range{limit.number, kInfinity, with_number, true, limit.unit}
                                   : Range{-kInfinity, limit.number, true, with_number, limit.unit});
    }
  };
  add(below, false, false);
  add(up_to, false, true);
  add(above, true, false);
  add(from, true, true);
  add(or_more, true, true);
}

// "eight years" -> "8 years".
std::string WithDigits(absl::string_view question) {
  constexpr const char* kWords[] = {"one",   "two",   "three", "four", "five",   "six",
                                    "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
  std::string text(question);
  for (int i = 0; i < 12; ++i) {
    RE2::GlobalReplace(&text, absl::StrCat(R"((?i)\b)", kWords[i], R"(\b)"), absl::StrCat(i + 1));
  }
  return text;
}

}  // namespace

AskedValues::AskedValues(absl::string_view question) {
  static const RE2& pattern = *new RE2(absl::StrCat(R"((?i)\b)", kNumber, kUnit));
  const std::string text = WithDigits(question);
  re2::StringPiece rest(text);
  std::string number, unit;
  while (RE2::FindAndConsume(&rest, pattern, &number, &unit)) {
    if (unit.empty() && number.size() == 1) continue;  // "type 2", "one of"
    const Quantity quantity = QuantityOf(number, unit);
    values_.push_back({quantity.number, quantity.unit});
  }
}

bool AskedValues::AreIn(absl::string_view row) const {
  if (values_.empty()) return false;
  std::vector<Range> ranges;
  AddSpans(row, ranges);
  AddOpen(row, ranges);
  return absl::c_any_of(values_, [&ranges](const Value& value) {
    return absl::c_any_of(ranges, [&value](const Range& range) {
      const bool same_unit = range.unit == value.unit || (range.unit.empty() && value.unit != kMonths);
      return same_unit && range.Holds(value.number);
    });
  });
}

}  // namespace bedside
