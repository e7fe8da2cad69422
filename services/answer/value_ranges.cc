#include "services/answer/value_ranges.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

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

re2::StringPiece Piece(absl::string_view text) { return {text.data(), text.size()}; }

// Whether both say something of the same numbers; to touch at an end is not enough.
bool Overlap(const ValueRange& a, const ValueRange& b) {
  const auto holds = [](const ValueRange& range, double number) {
    return (number > range.begin || (range.with_begin && number == range.begin)) &&
           (number < range.end || (range.with_end && number == range.end));
  };
  if (a.begin == a.end) return holds(b, a.begin);
  if (b.begin == b.end) return holds(a, b.begin);
  return std::max(a.begin, b.begin) < std::min(a.end, b.end);
}

bool NamesUnit(absl::string_view columns, absl::string_view unit) {
  return RE2::PartialMatch(Piece(columns), absl::StrCat(R"((?i)\b)", RE2::QuoteMeta(Piece(unit)), R"(\b)"));
}

bool IsDose(absl::string_view unit) {
  return unit == "mg" || unit == "g" || unit == "kg" || unit == "ml" || absl::StartsWith(unit, "microgram") ||
         absl::StartsWith(unit, "mcg");
}

// What has no unit is in that of its column, which need not say that of a measurement such as an eGFR.
bool SameUnit(const ValueRange& asked, const ValueRange& range, absl::string_view columns) {
  if (range.unit == asked.unit) return true;
  if (!range.unit.empty() || asked.unit == kMonths) return false;
  return !IsDose(asked.unit) || NamesUnit(columns, asked.unit);
}

// A way to write a range, with the words before or between its numbers.
struct Form {
  enum class Kind { kSpan, kBelow, kUpTo, kAbove, kFrom };
  Kind kind;
  std::unique_ptr<RE2> pattern;
};

Form Span(absl::string_view before, absl::string_view between) {
  return {Form::Kind::kSpan,
          std::make_unique<RE2>(absl::StrCat("(?i)(", before, kNumber, kUnit, between, kNumber, kUnit, ")"))};
}

Form Open(Form::Kind kind, absl::string_view before, absl::string_view after = "") {
  return {kind, std::make_unique<RE2>(absl::StrCat("(?i)(", before, R"(\s*)", kNumber, kUnit, after, ")"))};
}

std::vector<Form> AllForms() {
  using Kind = Form::Kind;
  std::vector<Form> forms;
  forms.push_back(Span(R"(between\s+)", R"(\s*and\s*)"));
  forms.push_back(Span("", R"(\s*(?:to|-|–|—)\s*)"));
  forms.push_back(Open(Kind::kUpTo, R"((?:up to|at most|(?:no|not) (?:more than|over|above|exceeding)|≤|<=))"));
  forms.push_back(Open(Kind::kFrom, R"((?:at least|from|(?:no|not) (?:less than|below|under)|≥|>=))"));
  forms.push_back(Open(Kind::kUpTo, "", R"(\s*(?:and|or) (?:less|under|younger|below|lower))"));
  forms.push_back(Open(Kind::kFrom, "", R"(\s*(?:and|or) (?:more|over|older|above|higher))"));
  forms.push_back(Open(Kind::kBelow, R"((?:below|under|(?:less|lower|younger) than|<))"));
  forms.push_back(Open(Kind::kAbove, R"((?:over|above|exceed(?:s|ing)?|(?:more|greater|higher|older) than|>))"));
  return forms;
}

ValueRange OpenRange(Form::Kind kind, const Quantity& limit) {
  const bool with = kind == Form::Kind::kUpTo || kind == Form::Kind::kFrom;
  if (kind == Form::Kind::kBelow || kind == Form::Kind::kUpTo)
    return {-kInfinity, limit.number, true, with, limit.unit};
  return {limit.number, kInfinity, with, true, limit.unit};
}

ValueRange SpanOf(absl::string_view begin, absl::string_view begin_unit, absl::string_view end,
                  absl::string_view unit) {
  const Quantity last = QuantityOf(end, unit);
  const Quantity first = QuantityOf(begin, begin_unit.empty() ? unit : begin_unit);
  return {first.number, last.number, true, true, last.unit};
}

// Moves the ranges that `text` writes out of it.
std::vector<ValueRange> TakeRanges(std::string& text) {
  static const auto& forms = *new std::vector<Form>(AllForms());
  std::vector<ValueRange> ranges;
  for (const Form& form : forms) {
    re2::StringPiece rest(text), whole;
    std::string begin, begin_unit, end, end_unit;
    const bool span = form.kind == Form::Kind::kSpan;
    while (span ? RE2::FindAndConsume(&rest, *form.pattern, &whole, &begin, &begin_unit, &end, &end_unit)
                : RE2::FindAndConsume(&rest, *form.pattern, &whole, &end, &end_unit)) {
      ranges.push_back(span ? SpanOf(begin, begin_unit, end, end_unit)
                            : OpenRange(form.kind, QuantityOf(end, end_unit)));
      std::fill_n(text.begin() + (whole.data() - text.data()), whole.size(), ';');
    }
  }
  return ranges;
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
  std::string text = WithDigits(question);
  ranges_ = TakeRanges(text);
  re2::StringPiece rest(text);
  std::string number, unit;
  while (RE2::FindAndConsume(&rest, pattern, &number, &unit)) {
    const Quantity quantity = QuantityOf(number, unit);
    ranges_.push_back({quantity.number, quantity.number, true, true, quantity.unit});
  }
  const auto is_age = [](const ValueRange& range) { return range.unit == kMonths; };
  const auto is_point = [](const ValueRange& range) { return range.begin == range.end; };
  const bool has_age =
      absl::c_any_of(ranges_, [&](const ValueRange& range) { return is_age(range) && is_point(range); });
  const auto is_none = [&](const ValueRange& range) {
    const double limit = std::isinf(range.end) ? range.begin : range.end;
    const bool is_rank = range.unit.empty() && limit < 10 && limit == std::floor(limit);  // "type 2", "one of"
    const bool is_duration = has_age && is_age(range) && !is_point(range);                // "for at least 5 days"
    return is_rank || is_duration;
  };
  ranges_.erase(std::remove_if(ranges_.begin(), ranges_.end(), is_none), ranges_.end());
}

bool AskedValues::AreIn(absl::string_view row, absl::string_view columns) const {
  if (ranges_.empty()) return false;
  std::string text(row);
  const std::vector<ValueRange> held = TakeRanges(text);
  return absl::c_any_of(ranges_, [&](const ValueRange& asked) {
    return absl::c_any_of(
        held, [&](const ValueRange& range) { return SameUnit(asked, range, columns) && Overlap(asked, range); });
  });
}

}  // namespace bedside
