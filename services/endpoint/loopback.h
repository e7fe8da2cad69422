// Which hosts are this machine.
#ifndef BEDSIDE_SERVICES_ENDPOINT_LOOPBACK_H_
#define BEDSIDE_SERVICES_ENDPOINT_LOOPBACK_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// Both take a host without a port.

// "localhost" or a loopback address (127.0.0.0/8, [::1]).
bool IsLoopback(const std::string& host);

// Those names of it for which LoopbackCredentials serve and gRPC's local credentials connect.
inline bool IsLoopbackName(absl::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ENDPOINT_LOOPBACK_H_
