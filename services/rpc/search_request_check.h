// What must hold of a request that asks for evidence; each check adds its findings to `violations`.
#ifndef BEDSIDE_SERVICES_RPC_SEARCH_REQUEST_CHECK_H_
#define BEDSIDE_SERVICES_RPC_SEARCH_REQUEST_CHECK_H_

#include "proto/bedside/v1/evidence_service.pb.h"
#include "services/rpc/field_violations.h"

namespace bedside {

// Bytes of a question.
constexpr size_t kMaxQuestionBytes = 8192;

// Kinds that exist, dates of the calendar, lists of at most 100 entries.
void CheckFilter(const v1::EvidenceFilter& filter, FieldViolations* violations);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_SEARCH_REQUEST_CHECK_H_
