// What a method may ask about its call.
#ifndef BEDSIDE_SERVICES_RPC_CALL_CONTEXT_H_
#define BEDSIDE_SERVICES_RPC_CALL_CONTEXT_H_

#include <grpcpp/grpcpp.h>

#include <functional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/access/access_door.h"
#include "services/access/principal.h"

namespace bedside {

struct CallContext {
  absl::Time deadline;
  // Thread-safe; valid until the method returns.
  std::function<bool()> is_cancelled;
  // Who calls.
  Principal principal;
};

// Who calls: Anybody() where there is no door. UNAUTHENTICATED: a token that was good when the call came in is no more.
absl::StatusOr<Principal> PrincipalOf(const AccessDoor* door, const grpc::CallbackServerContext& context);

// The deadline is that of the client, or the infinite future. `door`: null where access is not controlled. `context`
// must outlive the result. Errors of PrincipalOf.
absl::StatusOr<CallContext> ContextOf(const AccessDoor* door, const grpc::CallbackServerContext* context);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_CALL_CONTEXT_H_
