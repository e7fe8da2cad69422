#include "tools/bench/loopback_traffic.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "index/status/status_macros.h"
#include "tools/bench/program_run.h"

namespace bedside {

absl::StatusOr<uint64_t> ParseLoopbackBytes(absl::string_view interfaces) {
  for (absl::string_view line : absl::StrSplit(interfaces, '\n')) {
    line = absl::StripLeadingAsciiWhitespace(line);
    if (!absl::ConsumePrefix(&line, "lo:")) continue;
    const std::vector<absl::string_view> fields = absl::StrSplit(line, ' ', absl::SkipEmpty());
    uint64_t bytes = 0;
    if (!fields.empty() && absl::SimpleAtoi(fields[0], &bytes)) return bytes;
  }
  return absl::InvalidArgumentError("no bytes of an interface lo in what the kernel says of the network");
}

absl::StatusOr<uint64_t> LoopbackBytes() {
  ASSIGN_OR_RETURN(const std::string interfaces, ReadTextFile("/proc/net/dev"));
  return ParseLoopbackBytes(interfaces);
}

}  // namespace bedside
