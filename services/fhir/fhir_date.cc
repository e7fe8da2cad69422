#include "services/fhir/fhir_date.h"

#include <re2/re2.h>

#include <string>

#include "absl/strings/numbers.h"

namespace bedside {

absl::optional<absl::CivilDay> ParseFhirDate(absl::string_view text) {
  static const RE2& date = *new RE2(R"((\d{4})(?:-(\d{2})(?:-(\d{2})(?:T[0-9:.]+(?:Z|[+-]\d{2}:\d{2})?)?)?)?)");
  std::string parts[3];
  if (!RE2::FullMatch(re2::StringPiece(text.data(), text.size()), date, &parts[0], &parts[1], &parts[2])) {
    return absl::nullopt;
  }
  int numbers[3] = {1, 1, 1};
  for (int i = 0; i < 3; ++i) {
    if (!parts[i].empty() && !absl::SimpleAtoi(parts[i], &numbers[i])) return absl::nullopt;
  }
  const absl::CivilDay day(numbers[0], numbers[1], numbers[2]);
  // What the calendar does not have was moved to another day.
  const bool exists = day.month() == numbers[1] && day.day() == numbers[2];
  return exists && numbers[0] > 0 ? absl::make_optional(day) : absl::nullopt;
}

}  // namespace bedside
