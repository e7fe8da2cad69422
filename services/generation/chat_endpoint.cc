#include "services/generation/chat_endpoint.h"

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"
#include "services/endpoint/loopback.h"
#include "services/endpoint/server_url.h"

namespace bedside {
namespace {

absl::Status NotAnEndpoint(absl::string_view problem) {
  return absl::InvalidArgumentError(
      absl::StrCat("base_url of the chat generator ", problem, ": wanted for example http://127.0.0.1:8081/v1"));
}

}  // namespace

absl::StatusOr<ChatEndpoint> ParseChatEndpoint(absl::string_view base_url) {
  const absl::optional<ServerUrl> url = ParseServerUrl(base_url);
  if (!url.has_value()) return NotAnEndpoint("is not a URL");
  if (url->scheme != "http" && url->scheme != "https") return NotAnEndpoint("is neither http nor https");
  if (url->has_user) return NotAnEndpoint("holds a user or password; use api_key_file");
  if (url->has_query_or_fragment) return NotAnEndpoint("has a query or fragment");
  if (url->host.empty()) return NotAnEndpoint("has no host");
  ChatEndpoint endpoint;
  endpoint.host = absl::AsciiStrToLower(url->host);
  endpoint.on_this_machine = IsLoopback(endpoint.host);
  endpoint.url = absl::StrCat(absl::StripSuffix(url->url, "/"), "/chat/completions");
  return endpoint;
}

}  // namespace bedside
