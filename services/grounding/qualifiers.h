// Words that turn round or limit what a text says. English. Thread-safe.
#ifndef BEDSIDE_SERVICES_GROUNDING_QUALIFIERS_H_
#define BEDSIDE_SERVICES_GROUNDING_QUALIFIERS_H_

#include "absl/strings/string_view.h"

namespace bedside {

// Says that something is not so, or not to be done: "not", "without", "avoid", "contraindicated".
bool Negates(absl::string_view text);

// How often it does: twice in "not contraindicated".
int CountNegations(absl::string_view text);

// Whether what stands under this heading (or label, or title) would be misread without it: it negates, forbids, stops
// or excepts, or it names the people that are meant: by age, sex, pregnancy, kidney, liver or immunity.
bool LimitsWhatFollows(absl::string_view heading);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_QUALIFIERS_H_
