// What goes over the loopback of this machine, of all processes together.
#ifndef BEDSIDE_TOOLS_BENCH_LOOPBACK_TRAFFIC_H_
#define BEDSIDE_TOOLS_BENCH_LOOPBACK_TRAFFIC_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

// The bytes that the interface "lo" has received, which are those it has sent, in the text of /proc/net/dev (proc(5)):
// packets with their headers. INVALID_ARGUMENT: it is not there.
absl::StatusOr<uint64_t> ParseLoopbackBytes(absl::string_view interfaces);

// Since the machine started. Errors: those of ReadTextFile and of ParseLoopbackBytes.
absl::StatusOr<uint64_t> LoopbackBytes();

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_LOOPBACK_TRAFFIC_H_
