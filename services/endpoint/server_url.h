// The URL of a server that this one calls, read by the parser of the library that connects, so that what is checked is
// what is called.
#ifndef BEDSIDE_SERVICES_ENDPOINT_SERVER_URL_H_
#define BEDSIDE_SERVICES_ENDPOINT_SERVER_URL_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace bedside {

struct ServerUrl {
  // As libcurl writes it.
  std::string url;
  // Lower case: "https".
  std::string scheme;
  // Without port; an address of IPv6 in brackets.
  std::string host;
  bool has_user = false;
  bool has_query_or_fragment = false;
};

// Unset where `text` is no URL of a scheme that libcurl knows.
absl::optional<ServerUrl> ParseServerUrl(absl::string_view text);

// Whether nobody on the way can read or change what is sent there: https, or http by a name of this machine
// (IsLoopbackName).
bool IsEncryptedOrOfThisMachine(const ServerUrl& url);

// Whether `text` is such a URL that paths can be put behind: without user, query and fragment.
bool IsSafeBaseUrl(absl::string_view text);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ENDPOINT_SERVER_URL_H_
