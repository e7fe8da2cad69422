// The public message of how a question was understood.
#ifndef BEDSIDE_SERVICES_RESOURCES_INTERPRETATION_MESSAGES_H_
#define BEDSIDE_SERVICES_RESOURCES_INTERPRETATION_MESSAGES_H_

#include "index/query/interpreted_question.h"
#include "proto/bedside/v1/evidence_service.pb.h"

namespace bedside {

// What was assumed, in the order of the question, and what was not. Has no assumption and no ambiguity where the
// question was searched as asked.
v1::Interpretation InterpretationMessage(const InterpretedQuestion& question);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RESOURCES_INTERPRETATION_MESSAGES_H_
