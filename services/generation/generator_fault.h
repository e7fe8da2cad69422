// What went wrong with a generator, on its way from where it is seen to the answer that names it.
#ifndef BEDSIDE_SERVICES_GENERATION_GENERATOR_FAULT_H_
#define BEDSIDE_SERVICES_GENERATION_GENERATOR_FAULT_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "proto/bedside/v1/answer.pb.h"

namespace bedside {

// A status that names its fault, where its code alone does not. REQUIRES: `code` is not OK
absl::Status FaultError(v1::GeneratorFault fault, absl::StatusCode code, absl::string_view message);

// The fault that the status names; otherwise by its code: DEADLINE_EXCEEDED is TIMED_OUT, UNAVAILABLE is UNREACHABLE,
// INTERNAL is NOT_TEXT, RESOURCE_EXHAUSTED is TOO_LONG, another one is REFUSED. REQUIRES: `status` is not OK
v1::GeneratorFault FaultOf(const absl::Status& status);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_GENERATOR_FAULT_H_
