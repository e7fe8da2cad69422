// Whether a sentence speaks of something as known that only the sentence before it has named: "The clamp is a research
// tool." behind "The best test is the euglycemic clamp." English. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_DEFINITE_REFERENCE_H_
#define BEDSIDE_SERVICES_ANSWER_DEFINITE_REFERENCE_H_

#include "absl/strings/string_view.h"

namespace bedside {

// A word behind "the" stands in `predecessor`, but neither in `known` (title and headings) nor in what `sentence` says
// before it. What is told by "of" ("the risk of bleeding") is told, and of words that name no thing of their own
// ("the patients", "the results") nothing is said. Words are compared without their plural. Linear in all three.
bool SpeaksOfAsKnown(absl::string_view sentence, absl::string_view predecessor, absl::string_view known);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_DEFINITE_REFERENCE_H_
