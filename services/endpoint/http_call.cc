#include "services/endpoint/http_call.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/endpoint/outbound_transfer.h"

namespace bedside {
namespace {

constexpr long kHttpOk = 200;

bool IsForNow(long status) { return status == 429 || status == 502 || status == 503 || status == 504; }

struct Response {
  std::string body;
  size_t most_bytes;
};

size_t Append(char* data, size_t, size_t size, void* user) {
  auto* response = static_cast<Response*>(user);
  if (response->body.size() + size > response->most_bytes) return CURL_WRITEFUNC_ERROR;
  response->body.append(data, size);
  return size;
}

// `body`: null where there is none.
bool Configure(CURL* transfer, const OutboundCall& call, const std::string* body, const TransferHeaders& headers,
               Response* response) {
  const long timeout_ms = std::max<long>(1, static_cast<long>(absl::ToInt64Milliseconds(call.timeout)));
  return ConfigureTransfer(transfer, call.url, headers, call.ca_file) &&
         curl_easy_setopt(transfer, CURLOPT_TIMEOUT_MS, timeout_ms) == CURLE_OK &&
         curl_easy_setopt(transfer, CURLOPT_WRITEFUNCTION, &Append) == CURLE_OK &&
         curl_easy_setopt(transfer, CURLOPT_WRITEDATA, response) == CURLE_OK &&
         (body == nullptr || SetTransferBody(transfer, *body));
}

absl::StatusOr<std::string> Perform(const OutboundCall& call, const std::string* body) {
  const TransferHandle transfer = NewTransfer();
  const TransferHeaders headers = TransferHeadersOf(call.headers);
  Response response{"", call.max_bytes};
  if (transfer == nullptr || !Configure(transfer.get(), call, body, headers, &response)) {
    return absl::UnavailableError("libcurl refused the request");
  }
  if (const CURLcode result = curl_easy_perform(transfer.get()); result != CURLE_OK) {
    if (result == CURLE_WRITE_ERROR) return absl::FailedPreconditionError("the response is too long");
    return absl::UnavailableError(curl_easy_strerror(result));
  }
  long http_status = 0;
  curl_easy_getinfo(transfer.get(), CURLINFO_RESPONSE_CODE, &http_status);
  if (http_status == kHttpOk) return std::move(response.body);
  return absl::Status(IsForNow(http_status) ? absl::StatusCode::kUnavailable : absl::StatusCode::kFailedPrecondition,
                      absl::StrCat("wanted the status 200, got ", http_status));
}

}  // namespace

absl::StatusOr<std::string> HttpGet(const OutboundCall& call) { return Perform(call, nullptr); }

absl::StatusOr<std::string> HttpPost(const OutboundCall& call, const std::string& body) { return Perform(call, &body); }

}  // namespace bedside
