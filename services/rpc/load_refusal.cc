#include "services/rpc/load_refusal.h"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/message.h>

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"

namespace bedside {
namespace {

// Milliseconds, at least one.
int64_t RetryMilliseconds(const Refusal& refusal) { return absl::ToInt64Milliseconds(refusal.retry) + 1; }

std::string WaitText(const Refusal& refusal) {
  const int64_t wait = absl::ToInt64Milliseconds(refusal.wait);
  switch (refusal.reason) {
    case RefusalReason::kWait:
      return absl::StrCat("the call would wait ", wait, " ms");
    case RefusalReason::kDeadline:
      return absl::StrCat("the call would wait ", wait, " ms, past its deadline");
    case RefusalReason::kFull:
      return "as many calls wait as may";
  }
  return "";
}

void AddDetail(const google::protobuf::Message& message, absl::Status* status) {
  google::protobuf::Any detail;
  detail.PackFrom(message);
  status->SetPayload(detail.type_url(), absl::Cord(detail.value()));
}

}  // namespace

absl::Status RefusedForLoad(const Refusal& refusal) {
  const int64_t retry = RetryMilliseconds(refusal);
  absl::Status status = absl::ResourceExhaustedError(
      absl::StrCat("the server is busy: ", WaitText(refusal), "; try again in ", retry, " ms"));
  google::rpc::ErrorInfo info;
  info.set_reason("SERVER_BUSY");
  info.set_domain("bedside");
  AddDetail(info, &status);
  google::rpc::RetryInfo advice;
  advice.mutable_retry_delay()->set_seconds(retry / 1000);
  advice.mutable_retry_delay()->set_nanos(static_cast<int32_t>(retry % 1000 * 1'000'000));
  AddDetail(advice, &status);
  return status;
}

absl::Status RefuseForLoad(const Refusal& refusal, grpc::CallbackServerContext* context) {
  context->AddTrailingMetadata("grpc-retry-pushback-ms", absl::StrCat(RetryMilliseconds(refusal)));
  return RefusedForLoad(refusal);
}

}  // namespace bedside
