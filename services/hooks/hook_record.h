// What a call says of the patient and of the orders, read, and which parts of the record it came with.
//
// Immutable once made, thread-safe.
#ifndef BEDSIDE_SERVICES_HOOKS_HOOK_RECORD_H_
#define BEDSIDE_SERVICES_HOOKS_HOOK_RECORD_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "proto/bedside/v1/patient_context.pb.h"
#include "services/hooks/hook_call.h"
#include "services/patient/patient_summary.h"

namespace bedside {

struct HookRecord {
  v1::PatientContext record;
  PatientSummary summary;
  v1::PatientContext orders;
  // Keys of prefetch_template.h whose data is here as a whole, be it that there is none.
  std::set<std::string> known;
};

// Errors are those of ReadParsedPrefetch.
absl::StatusOr<HookRecord> ReadHookRecord(const HookCall& call, absl::Time now);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_HOOK_RECORD_H_
