#include "services/generation/chat_endpoint.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <memory>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

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

absl::Status NotAnEndpoint(absl::string_view problem) {
  return absl::InvalidArgumentError(
      absl::StrCat("base_url of the chat generator ", problem, ": wanted for example http://127.0.0.1:8081/v1"));
}

}  // namespace

bool IsLoopback(const std::string& host) {
  if (host == "localhost") return true;
  in_addr v4;
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  absl::string_view bare = host;
  if (!absl::ConsumePrefix(&bare, "[") || !absl::ConsumeSuffix(&bare, "]")) return false;
  in6_addr v6;
  return inet_pton(AF_INET6, std::string(bare).c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

absl::StatusOr<ChatEndpoint> ParseChatEndpoint(absl::string_view base_url) {
  std::unique_ptr<CURLU, UrlDeleter> url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, std::string(base_url).c_str(), 0) != CURLUE_OK) {
    return NotAnEndpoint("is not a URL");
  }
  const std::string scheme = PartOf(url.get(), CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") return NotAnEndpoint("is neither http nor https");
  if (HasPart(url.get(), CURLUPART_USER) || HasPart(url.get(), CURLUPART_PASSWORD)) {
    return NotAnEndpoint("holds a user or password; use api_key_file");
  }
  if (HasPart(url.get(), CURLUPART_QUERY) || HasPart(url.get(), CURLUPART_FRAGMENT)) {
    return NotAnEndpoint("has a query or fragment");
  }
  ChatEndpoint endpoint;
  endpoint.host = absl::AsciiStrToLower(PartOf(url.get(), CURLUPART_HOST));
  if (endpoint.host.empty()) return NotAnEndpoint("has no host");
  endpoint.on_this_machine = IsLoopback(endpoint.host);
  endpoint.url = absl::StrCat(absl::StripSuffix(PartOf(url.get(), CURLUPART_URL), "/"), "/chat/completions");
  return endpoint;
}

}  // namespace bedside
