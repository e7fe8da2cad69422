#include "services/rpc/call_context.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "services/access/guarded_credentials.h"

namespace bedside {
namespace {

absl::Time DeadlineOf(const grpc::CallbackServerContext& context) {
  const gpr_timespec deadline = gpr_convert_clock_type(context.raw_deadline(), GPR_CLOCK_REALTIME);
  if (gpr_time_cmp(deadline, gpr_inf_future(GPR_CLOCK_REALTIME)) == 0) return absl::InfiniteFuture();
  return absl::FromUnixSeconds(deadline.tv_sec) + absl::Nanoseconds(deadline.tv_nsec);
}

}  // namespace

absl::StatusOr<Principal> PrincipalOf(const AccessDoor* door, const grpc::CallbackServerContext& context) {
  if (door == nullptr) return Anybody();
  return door->Identify(CredentialsOf(context));
}

absl::StatusOr<CallContext> ContextOf(const AccessDoor* door, const grpc::CallbackServerContext* context,
                                      CallRecord* record) {
  absl::StatusOr<Principal> principal = PrincipalOf(door, *context);
  if (!principal.ok()) {
    record->call().clear_subject();
    record->call().set_denied(true);
    return principal.status();
  }
  if (!principal->subject.empty()) record->call().set_subject(principal->subject);
  return CallContext{
      {DeadlineOf(*context), [context] { return context->IsCancelled(); }}, *std::move(principal), record};
}

absl::Status CheckGrantedAll(absl::string_view what, const CallContext& call) {
  if (call.principal.corpora.contains(kAll)) return absl::OkStatus();
  call.record->call().set_denied(true);
  return absl::PermissionDeniedError(absl::StrCat(what, " of all corpora, and not all were granted to the caller"));
}

}  // namespace bedside
