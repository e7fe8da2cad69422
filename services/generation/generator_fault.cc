#include "services/generation/generator_fault.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/types/optional.h"

namespace bedside {
namespace {

constexpr char kPayload[] = "bedside.v1.GeneratorFault";

}  // namespace

absl::Status FaultError(v1::GeneratorFault fault, absl::StatusCode code, absl::string_view message) {
  absl::Status status(code, message);
  status.SetPayload(kPayload, absl::Cord(v1::GeneratorFault_Name(fault)));
  return status;
}

v1::GeneratorFault FaultOf(const absl::Status& status) {
  v1::GeneratorFault fault;
  const absl::optional<absl::Cord> named = status.GetPayload(kPayload);
  if (named.has_value() && v1::GeneratorFault_Parse(std::string(*named), &fault)) return fault;
  switch (status.code()) {
    case absl::StatusCode::kDeadlineExceeded:
      return v1::GENERATOR_FAULT_TIMED_OUT;
    case absl::StatusCode::kUnavailable:
      return v1::GENERATOR_FAULT_UNREACHABLE;
    case absl::StatusCode::kInternal:
      return v1::GENERATOR_FAULT_NOT_TEXT;
    case absl::StatusCode::kResourceExhausted:
      return v1::GENERATOR_FAULT_TOO_LONG;
    default:
      return v1::GENERATOR_FAULT_REFUSED;
  }
}

}  // namespace bedside
