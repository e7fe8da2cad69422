#include "services/access/key_set_fetch.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "services/endpoint/http_call.h"
#include "services/endpoint/server_url.h"

namespace bedside {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(5);

}  // namespace

absl::Status CheckKeySetUrl(const std::string& url) {
  const absl::optional<ServerUrl> parsed = ParseServerUrl(url);
  if (parsed.has_value() && IsEncryptedOrOfThisMachine(*parsed)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "access.tokens.key_set_url wants https://, or http:// with localhost, 127.0.0.1 or [::1]: whoever can change the "
      "keys on the way could issue tokens");
}

absl::StatusOr<std::string> FetchKeySet(const std::string& url, const std::string& ca_file, size_t most_bytes) {
  absl::StatusOr<std::string> body = HttpGet({url, {}, ca_file, most_bytes, kTimeout});
  if (body.ok()) return body;
  return absl::UnavailableError(absl::StrCat("key set ", url, ": ", body.status().message()));
}

}  // namespace bedside
