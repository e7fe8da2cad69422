#include "services/endpoint/http_call.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace bedside {
namespace {

constexpr long kHttpOk = 200;

bool IsForNow(long status) { return status == 429 || status == 502 || status == 503 || status == 504; }

struct Response {
  std::string body;
  size_t most_bytes;
};

using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

size_t Append(char* data, size_t, size_t size, void* user) {
  auto* response = static_cast<Response*>(user);
  if (response->body.size() + size > response->most_bytes) return CURL_WRITEFUNC_ERROR;
  response->body.append(data, size);
  return size;
}

HeaderList ListOf(const std::vector<std::string>& headers) {
  HeaderList list(nullptr, curl_slist_free_all);
  for (const std::string& header : headers) list.reset(curl_slist_append(list.release(), header.c_str()));
  return list;
}

// `body`: null where there is none.
bool Configure(CURL* easy, const OutboundCall& call, const std::string* body, const HeaderList& headers,
               Response* response) {
  const auto set = [easy](CURLoption option, auto value) { return curl_easy_setopt(easy, option, value) == CURLE_OK; };
  const long timeout_ms = std::max<long>(1, static_cast<long>(absl::ToInt64Milliseconds(call.timeout)));
  return set(CURLOPT_URL, call.url.c_str()) && set(CURLOPT_PROTOCOLS_STR, "http,https") && set(CURLOPT_PROXY, "") &&
         set(CURLOPT_FOLLOWLOCATION, 0L) && set(CURLOPT_NOSIGNAL, 1L) && set(CURLOPT_TIMEOUT_MS, timeout_ms) &&
         set(CURLOPT_HTTPHEADER, headers.get()) && set(CURLOPT_WRITEFUNCTION, &Append) &&
         set(CURLOPT_WRITEDATA, response) &&
         (body == nullptr || (set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size())) &&
                              set(CURLOPT_POSTFIELDS, body->data()))) &&
         (call.ca_file.empty() || set(CURLOPT_CAINFO, call.ca_file.c_str()));
}

absl::StatusOr<std::string> Perform(const OutboundCall& call, const std::string* body) {
  static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), curl_easy_cleanup);
  const HeaderList headers = ListOf(call.headers);
  Response response{"", call.max_bytes};
  if (global != CURLE_OK || easy == nullptr || !Configure(easy.get(), call, body, headers, &response)) {
    return absl::UnavailableError("libcurl refused the request");
  }
  if (const CURLcode result = curl_easy_perform(easy.get()); result != CURLE_OK) {
    if (result == CURLE_WRITE_ERROR) return absl::FailedPreconditionError("the response is too long");
    return absl::UnavailableError(curl_easy_strerror(result));
  }
  long http_status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &http_status);
  if (http_status == kHttpOk) return std::move(response.body);
  return absl::Status(IsForNow(http_status) ? absl::StatusCode::kUnavailable : absl::StatusCode::kFailedPrecondition,
                      absl::StrCat("wanted the status 200, got ", http_status));
}

}  // namespace

absl::StatusOr<std::string> HttpGet(const OutboundCall& call) { return Perform(call, nullptr); }

absl::StatusOr<std::string> HttpPost(const OutboundCall& call, const std::string& body) { return Perform(call, &body); }

}  // namespace bedside
