// What must hold of fields that several requests have; each check adds its findings to `violations`.
#ifndef BEDSIDE_SERVICES_RPC_REQUEST_CHECKS_H_
#define BEDSIDE_SERVICES_RPC_REQUEST_CHECKS_H_

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/evidence_service.pb.h"
#include "proto/bedside/v1/patient_context.pb.h"
#include "proto/bedside/v1/patient_facts.pb.h"
#include "services/rpc/field_violations.h"

namespace bedside {

// Bytes of a question.
constexpr size_t kMaxQuestionBytes = 8192;

// Kinds that exist, dates of the calendar, lists of at most 100 entries of at most 200 bytes.
void CheckFilter(const v1::EvidenceFilter& filter, FieldViolations* violations);

// Ages and renal function of people, a sex that exists, and no man who is pregnant or breastfeeding. Says the limits,
// not what was given.
void CheckPatient(absl::string_view field, const v1::PatientFacts& patient, FieldViolations* violations);

// AnswerRequest.patient_context: the same of its facts, numbers of entries, and ages that are not negative.
void CheckPatientContext(const v1::PatientContext& context, FieldViolations* violations);

// AnswerRequest.patient_identifiers.
void CheckPatientIdentifiers(const google::protobuf::RepeatedPtrField<std::string>& identifiers,
                             FieldViolations* violations);

// At most 128 bytes.
void CheckRequestId(absl::string_view request_id, FieldViolations* violations);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_REQUEST_CHECKS_H_
