// A call of CDS Hooks, as a client sends it: which hook, for which patient, which orders, and what of the record came
// with it. Of what says who the patient is there is the id, for asking the client's FHIR server, and nothing else.
//
// Source: CDS Hooks, "Calling a CDS Service" and "Providing FHIR Resources to a CDS Service" (cds-hooks.org); contexts
// by the pages of patient-view, order-select and order-sign. Thread-safe. Some 6 ms a megabyte.
#ifndef BEDSIDE_SERVICES_HOOKS_HOOK_CALL_H_
#define BEDSIDE_SERVICES_HOOKS_HOOK_CALL_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/config/hook_rules.pb.h"

namespace bedside {

struct HookCall {
  config::Hook hook = config::HOOK_UNSPECIFIED;
  // The id of a Patient: letters, digits, - and . only.
  std::string patient_id;
  // Empty: the client has none, or lets nobody in.
  std::string fhir_server;
  std::string access_token;
  // Of order-select the selected orders, of order-sign all: resources.
  nlohmann::json orders = nlohmann::json::array();
  // Resources and Bundles by the keys of the prefetch templates; null: the client has nothing of it. A key that failed
  // at the client (OperationOutcome) is not there.
  nlohmann::json prefetch = nlohmann::json::object();
};

// "order-sign"; empty for HOOK_UNSPECIFIED.
absl::string_view NameOf(config::Hook hook);

// INVALID_ARGUMENT: no JSON as ParseFhirJson takes it, an element that the specification requires is missing or of
// another type, an id that is none, or a Patient that is not the one of the context. The message names the place, and
// repeats nothing that stands there.
absl::StatusOr<HookCall> ParseHookCall(absl::string_view body);

// Whether `resource`, which may be a Bundle, is what a FHIR server has of this patient: no failure (OperationOutcome),
// and no Patient with another id.
bool IsOfPatient(const nlohmann::json& resource, absl::string_view patient_id);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_HOOK_CALL_H_
