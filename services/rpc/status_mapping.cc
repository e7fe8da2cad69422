#include "services/rpc/status_mapping.h"

#include <string>

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"

namespace bedside {
namespace {

constexpr char kErrorInfoType[] = "type.googleapis.com/google.rpc.ErrorInfo";

void AddErrorInfo(const absl::Status& status, google::rpc::Status* message) {
  // The status has a reason of its own.
  if (status.GetPayload(kErrorInfoType).has_value()) return;
  google::rpc::ErrorInfo info;
  info.set_reason(absl::StatusCodeToString(status.code()));
  info.set_domain("bedside");
  message->add_details()->PackFrom(info);
}

}  // namespace

google::rpc::Status ToRpcStatus(const absl::Status& status) {
  google::rpc::Status message;
  // The codes of absl, grpc and google.rpc are the same numbers.
  message.set_code(static_cast<int>(status.code()));
  message.set_message(std::string(status.message()));
  if (status.ok()) return message;
  AddErrorInfo(status, &message);
  status.ForEachPayload([&](absl::string_view type, const absl::Cord& payload) {
    google::protobuf::Any& detail = *message.add_details();
    detail.set_type_url(std::string(type));
    detail.set_value(std::string(payload));
  });
  return message;
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::string(status.message()),
                      ToRpcStatus(status).SerializeAsString());
}

}  // namespace bedside
