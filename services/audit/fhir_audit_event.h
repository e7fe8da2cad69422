// Audit records as FHIR R4 AuditEvent (https://hl7.org/fhir/R4/auditevent.html).
#ifndef BEDSIDE_SERVICES_AUDIT_FHIR_AUDIT_EVENT_H_
#define BEDSIDE_SERVICES_AUDIT_FHIR_AUDIT_EVENT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "proto/bedside/storage/audit_record.pb.h"

namespace bedside {

// One resource as JSON in one line, without a newline. `log_id`: of the log, raw; with the number of the record it
// makes the id of the resource. Keyed hashes are details of an entity, never its query.
std::string FhirAuditEvent(absl::string_view log_id, const storage::AuditRecord& record);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_AUDIT_FHIR_AUDIT_EVENT_H_
