// What clients say became of cards: the body of the feedback endpoint.
//
// Source: CDS Hooks, "Feedback". Thread-safe.
#ifndef BEDSIDE_SERVICES_HOOKS_FEEDBACK_CALL_H_
#define BEDSIDE_SERVICES_HOOKS_FEEDBACK_CALL_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/hooks/card_outcomes.h"

namespace bedside {

// At least one, at most 100. What users wrote (userComment) goes no further, for it may tell of a patient.
// INVALID_ARGUMENT: an element that the specification requires is missing or of another type; the message
// names the place, and repeats nothing that stands there.
absl::StatusOr<std::vector<CardFeedback>> ParseFeedbackCall(absl::string_view body);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_FEEDBACK_CALL_H_
