// The names of this machine for which LoopbackCredentials serve and gRPC's local credentials connect.
#ifndef BEDSIDE_SERVICES_ACCESS_LOOPBACK_NAME_H_
#define BEDSIDE_SERVICES_ACCESS_LOOPBACK_NAME_H_

#include "absl/strings/string_view.h"

namespace bedside {

// `host`: without a port.
inline bool IsLoopbackName(absl::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_LOOPBACK_NAME_H_
