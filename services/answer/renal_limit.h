// What a text says of the renal function that it is for: "eGFR below 30", "CrCl 30 to 50 mL/min". Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_RENAL_LIMIT_H_
#define BEDSIDE_SERVICES_ANSWER_RENAL_LIMIT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace bedside {

struct RenalLimit {
  std::string words;
  bool holds = false;
};

// Of several limits one that holds for `egfr` (mL/min/1.73 m2), else the last; unset: the text has none. A number by
// itself is no limit.
absl::optional<RenalLimit> FindRenalLimit(absl::string_view text, double egfr);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_RENAL_LIMIT_H_
