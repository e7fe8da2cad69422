#include "services/gateway/error_response.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "nlohmann/json.hpp"
#include "services/rpc/status_mapping.h"

namespace bedside {
namespace {

// Of the details, those that are known here; others cannot be made JSON of.
nlohmann::json DetailsOf(const google::rpc::Status& status) {
  nlohmann::json details = nlohmann::json::array();
  for (const google::protobuf::Any& detail : status.details()) {
    std::string text;
    if (google::protobuf::util::MessageToJsonString(detail, &text).ok()) details.push_back(nlohmann::json::parse(text));
  }
  return details;
}

// Whole seconds, at least one; 0: no advice.
int64_t RetrySecondsOf(const google::rpc::Status& status) {
  google::rpc::RetryInfo retry;
  for (const google::protobuf::Any& detail : status.details()) {
    if (detail.UnpackTo(&retry)) return retry.retry_delay().seconds() + (retry.retry_delay().nanos() > 0 ? 1 : 0);
  }
  return 0;
}

}  // namespace

int HttpStatusOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kOk:
      return 200;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      return 429;
    case absl::StatusCode::kCancelled:
      return 499;
    case absl::StatusCode::kUnimplemented:
      return 501;
    case absl::StatusCode::kUnavailable:
      return 503;
    case absl::StatusCode::kDeadlineExceeded:
      return 504;
    default:
      return 500;
  }
}

std::string ErrorJson(const google::rpc::Status& status, int http_status) {
  const nlohmann::json error = {{"code", http_status},
                                {"status", absl::StatusCodeToString(static_cast<absl::StatusCode>(status.code()))},
                                {"message", status.message()},
                                {"details", DetailsOf(status)}};
  return nlohmann::json({{"error", error}}).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

HttpResponse ErrorResponse(const google::rpc::Status& status, int http_status) {
  HttpResponse response = {http_status, "application/json", ErrorJson(status, http_status), {}};
  if (http_status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  const int64_t seconds = RetrySecondsOf(status);
  if (seconds > 0) response.headers.emplace_back("Retry-After", absl::StrCat(seconds));
  return response;
}

HttpResponse ErrorResponse(const google::rpc::Status& status) {
  return ErrorResponse(status, HttpStatusOf(static_cast<absl::StatusCode>(status.code())));
}

HttpResponse ErrorResponse(const absl::Status& status) { return ErrorResponse(ToRpcStatus(status)); }

HttpResponse ErrorResponse(const absl::Status& status, int http_status) {
  return {http_status, "application/json", ErrorJson(ToRpcStatus(status), http_status), {}};
}

}  // namespace bedside
