#include "services/gateway/timeout_header.h"

#include <cstdint>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"

namespace bedside {
namespace {

constexpr size_t kMostDigits = 8;

// Zero for a letter that is no unit.
absl::Duration UnitOf(char letter) {
  switch (letter) {
    case 'H':
      return absl::Hours(1);
    case 'M':
      return absl::Minutes(1);
    case 'S':
      return absl::Seconds(1);
    case 'm':
      return absl::Milliseconds(1);
    case 'u':
      return absl::Microseconds(1);
    case 'n':
      return absl::Nanoseconds(1);
    default:
      return absl::ZeroDuration();
  }
}

}  // namespace

absl::optional<absl::Duration> ParseTimeout(absl::string_view value) {
  if (value.empty() || value.size() > kMostDigits + 1) return absl::nullopt;
  const absl::Duration unit = UnitOf(value.back());
  value.remove_suffix(1);
  int64_t amount;
  if (!absl::c_all_of(value, absl::ascii_isdigit) || !absl::SimpleAtoi(value, &amount)) return absl::nullopt;
  if (unit == absl::ZeroDuration()) return absl::nullopt;
  return amount * unit;
}

}  // namespace bedside
