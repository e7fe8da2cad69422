#include "services/answer/renal_limit.h"

#include <re2/re2.h>

#include <vector>

#include "absl/strings/numbers.h"
#include "services/grounding/measures.h"

namespace bedside {
namespace {

bool IsWithin(double value, const StatedMeasure& measure, const absl::optional<double>& high) {
  double number = 0;
  if (!absl::SimpleAtod(measure.number, &number)) return true;
  switch (measure.bound) {
    case Bound::kBelow:
      return value < number;
    case Bound::kAtMost:
      return value <= number;
    case Bound::kAbove:
      return value > number;
    case Bound::kAtLeast:
      return value >= number;
    case Bound::kNone:
      break;
  }
  // A number by itself is no limit.
  return !high.has_value() || (value >= number && value <= *high);
}

}  // namespace

absl::optional<RenalLimit> FindRenalLimit(absl::string_view text, double egfr) {
  static const RE2& measure = *new RE2(R"((?i)\b((?:e?gfr|crcl|creatinine clearance)\b[^.;,:\d]{0,24}\d[^.;,]{0,32}))");
  re2::StringPiece rest(text.data(), text.size());
  std::string said;
  absl::optional<RenalLimit> found;
  while (RE2::FindAndConsume(&rest, measure, &said)) {
    const std::vector<StatedMeasure> numbers = StatedMeasures(said);
    absl::optional<double> high;
    double end = 0;
    if (numbers.size() > 1 && numbers[0].goes_on && absl::SimpleAtod(numbers[1].number, &end)) high = end;
    if (numbers[0].bound == Bound::kNone && !high.has_value()) continue;
    const size_t last = high.has_value() ? 1 : 0;
    const bool within = IsWithin(egfr, numbers[0], high);
    if (found.has_value() && found->holds) continue;
    found = RenalLimit{said.substr(0, numbers[last].span.end), within};
  }
  return found;
}

}  // namespace bedside
