// Errors over HTTP, as AIP-193 has them: {"error": {"code": 404, "status": "NOT_FOUND", "message": ..., "details":
// [...]}}
#ifndef BEDSIDE_SERVICES_GATEWAY_ERROR_RESPONSE_H_
#define BEDSIDE_SERVICES_GATEWAY_ERROR_RESPONSE_H_

#include <string>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"
#include "services/gateway/http_message.h"

namespace bedside {

// By google/rpc/code.proto.
int HttpStatusOf(absl::StatusCode code);

// The object above, on one line.
std::string ErrorJson(const google::rpc::Status& status, int http_status);

// With WWW-Authenticate and Retry-After where they belong. REQUIRES: `status` is an error.
HttpResponse ErrorResponse(const google::rpc::Status& status, int http_status);
HttpResponse ErrorResponse(const google::rpc::Status& status);
HttpResponse ErrorResponse(const absl::Status& status);

// For what HTTP has a status of its own.
HttpResponse ErrorResponse(const absl::Status& status, int http_status);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_ERROR_RESPONSE_H_
