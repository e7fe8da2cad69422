#include "services/endpoint/loopback.h"

#include <arpa/inet.h>

#include "absl/strings/strip.h"

namespace bedside {

bool IsLoopback(const std::string& host) {
  if (host == "localhost") return true;
  in_addr v4;
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  absl::string_view bare = host;
  if (!absl::ConsumePrefix(&bare, "[") || !absl::ConsumeSuffix(&bare, "]")) return false;
  in6_addr v6;
  return inet_pton(AF_INET6, std::string(bare).c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace bedside
