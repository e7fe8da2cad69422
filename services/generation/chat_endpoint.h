// Where a chat server is, and whether that is this machine.
#ifndef BEDSIDE_SERVICES_GENERATION_CHAT_ENDPOINT_H_
#define BEDSIDE_SERVICES_GENERATION_CHAT_ENDPOINT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

struct ChatEndpoint {
  // base_url with "/chat/completions" added.
  std::string url;
  // Lower case, without port.
  std::string host;
  // See IsLoopback.
  bool on_this_machine = false;
};

// INVALID_ARGUMENT unless `base_url` is http or https with a host, and without user, password, query and fragment. The
// message does not repeat the URL, which may hold a password.
absl::StatusOr<ChatEndpoint> ParseChatEndpoint(absl::string_view base_url);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_CHAT_ENDPOINT_H_
