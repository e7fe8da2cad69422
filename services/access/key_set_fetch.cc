#include "services/access/key_set_fetch.h"

#include <curl/curl.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "services/endpoint/loopback.h"
#include "services/endpoint/server_url.h"

namespace bedside {
namespace {

constexpr long kTimeoutMs = 5'000;
constexpr long kHttpOk = 200;

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

bool Configure(CURL* easy, const std::string& url, const std::string& ca_file, Response* response) {
  const auto set = [easy](CURLoption option, auto value) { return curl_easy_setopt(easy, option, value) == CURLE_OK; };
  return set(CURLOPT_URL, url.c_str()) && set(CURLOPT_PROTOCOLS_STR, "http,https") && set(CURLOPT_PROXY, "") &&
         set(CURLOPT_FOLLOWLOCATION, 0L) && set(CURLOPT_NOSIGNAL, 1L) && set(CURLOPT_TIMEOUT_MS, kTimeoutMs) &&
         set(CURLOPT_WRITEFUNCTION, &Append) && set(CURLOPT_WRITEDATA, response) &&
         (ca_file.empty() || set(CURLOPT_CAINFO, ca_file.c_str()));
}

absl::Status CannotFetch(const std::string& url, absl::string_view reason) {
  return absl::UnavailableError(absl::StrCat("key set ", url, ": ", reason));
}

}  // namespace

absl::Status CheckKeySetUrl(const std::string& url) {
  const absl::optional<ServerUrl> parsed = ParseServerUrl(url);
  if (parsed.has_value() && parsed->scheme == "https") return absl::OkStatus();
  if (parsed.has_value() && parsed->scheme == "http" && IsLoopbackName(parsed->host)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "access.tokens.key_set_url wants https://, or http:// with localhost, 127.0.0.1 or [::1]: whoever can change the "
      "keys on the way could issue tokens");
}

absl::StatusOr<std::string> FetchKeySet(const std::string& url, const std::string& ca_file, size_t most_bytes) {
  static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), curl_easy_cleanup);
  Response response{"", most_bytes};
  if (global != CURLE_OK || easy == nullptr || !Configure(easy.get(), url, ca_file, &response)) {
    return CannotFetch(url, "libcurl refused the request");
  }
  if (const CURLcode result = curl_easy_perform(easy.get()); result != CURLE_OK) {
    return CannotFetch(url, result == CURLE_WRITE_ERROR ? "it is too long" : curl_easy_strerror(result));
  }
  long http_status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &http_status);
  if (http_status != kHttpOk) return CannotFetch(url, absl::StrCat("wanted the status 200, got ", http_status));
  return std::move(response.body);
}

}  // namespace bedside
