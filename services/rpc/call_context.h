// What a method may ask about its call.
#ifndef BEDSIDE_SERVICES_RPC_CALL_CONTEXT_H_
#define BEDSIDE_SERVICES_RPC_CALL_CONTEXT_H_

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/status/work_limit.h"
#include "services/access/access_door.h"
#include "services/access/principal.h"
#include "services/rpc/call_record.h"

namespace bedside {

struct CallContext {
  // Of the client. Valid until the method returns.
  WorkLimit until;
  // Who calls.
  Principal principal;
  // What is recorded of it; never null.
  CallRecord* record;
};

// Who calls: Anybody() where there is no door. UNAUTHENTICATED: a token that was good when the call came in is no more.
absl::StatusOr<Principal> PrincipalOf(const AccessDoor* door, const grpc::CallbackServerContext& context);

// The deadline is that of the client, or the infinite future. Who calls is noted in the record. `door`: null where
// access is not controlled. `context` and `record` must outlive the result. Errors of PrincipalOf.
absl::StatusOr<CallContext> ContextOf(const AccessDoor* door, const grpc::CallbackServerContext* context,
                                      CallRecord* record);

// PERMISSION_DENIED, noted: not all corpora were granted to who calls, and `what` ("a backup is") is of all.
absl::Status CheckGrantedAll(absl::string_view what, const CallContext& call);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_CALL_CONTEXT_H_
