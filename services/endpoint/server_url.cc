#include "services/endpoint/server_url.h"

#include <curl/curl.h>

#include <memory>

#include "services/endpoint/loopback.h"

namespace bedside {
namespace {

struct UrlDeleter {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

// "" when the part is absent.
std::string PartOf(CURLU* url, CURLUPart part) {
  char* value = nullptr;
  if (curl_url_get(url, part, &value, 0) != CURLUE_OK) return "";
  std::string text = value;
  curl_free(value);
  return text;
}

bool HasPart(CURLU* url, CURLUPart part) { return !PartOf(url, part).empty(); }

}  // namespace

absl::optional<ServerUrl> ParseServerUrl(absl::string_view text) {
  const std::unique_ptr<CURLU, UrlDeleter> url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), 0) != CURLUE_OK) return absl::nullopt;
  ServerUrl parsed;
  parsed.url = PartOf(url.get(), CURLUPART_URL);
  parsed.scheme = PartOf(url.get(), CURLUPART_SCHEME);
  parsed.host = PartOf(url.get(), CURLUPART_HOST);
  parsed.has_user = HasPart(url.get(), CURLUPART_USER) || HasPart(url.get(), CURLUPART_PASSWORD);
  parsed.has_query_or_fragment = HasPart(url.get(), CURLUPART_QUERY) || HasPart(url.get(), CURLUPART_FRAGMENT);
  return parsed;
}

bool IsEncryptedOrOfThisMachine(const ServerUrl& url) {
  return url.scheme == "https" || (url.scheme == "http" && IsLoopbackName(url.host));
}

bool IsSafeBaseUrl(absl::string_view text) {
  const absl::optional<ServerUrl> url = ParseServerUrl(text);
  return url.has_value() && !url->has_user && !url->has_query_or_fragment && IsEncryptedOrOfThisMachine(*url);
}

}  // namespace bedside
