#include "services/endpoint/http_get.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace bedside {
namespace {

constexpr long kHttpOk = 200;

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

bool Configure(CURL* easy, const GetRequest& request, const HeaderList& headers, Response* response) {
  const auto set = [easy](CURLoption option, auto value) { return curl_easy_setopt(easy, option, value) == CURLE_OK; };
  const long timeout_ms = std::max<long>(1, static_cast<long>(absl::ToInt64Milliseconds(request.timeout)));
  return set(CURLOPT_URL, request.url.c_str()) && set(CURLOPT_PROTOCOLS_STR, "http,https") && set(CURLOPT_PROXY, "") &&
         set(CURLOPT_FOLLOWLOCATION, 0L) && set(CURLOPT_NOSIGNAL, 1L) && set(CURLOPT_TIMEOUT_MS, timeout_ms) &&
         set(CURLOPT_HTTPHEADER, headers.get()) && set(CURLOPT_WRITEFUNCTION, &Append) &&
         set(CURLOPT_WRITEDATA, response) && (request.ca_file.empty() || set(CURLOPT_CAINFO, request.ca_file.c_str()));
}

}  // namespace

absl::StatusOr<std::string> HttpGet(const GetRequest& request) {
  static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), curl_easy_cleanup);
  const HeaderList headers = ListOf(request.headers);
  Response response{"", request.max_bytes};
  if (global != CURLE_OK || easy == nullptr || !Configure(easy.get(), request, headers, &response)) {
    return absl::UnavailableError("libcurl refused the request");
  }
  if (const CURLcode result = curl_easy_perform(easy.get()); result != CURLE_OK) {
    return absl::UnavailableError(result == CURLE_WRITE_ERROR ? "the response is too long"
                                                              : curl_easy_strerror(result));
  }
  long http_status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &http_status);
  if (http_status == kHttpOk) return std::move(response.body);
  return absl::UnavailableError(absl::StrCat("wanted the status 200, got ", http_status));
}

}  // namespace bedside
