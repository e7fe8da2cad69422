// Runs a program on untrusted input, within limits, and always reaps it.
#ifndef BEDSIDE_INGEST_CONNECTORS_SUBPROCESS_H_
#define BEDSIDE_INGEST_CONNECTORS_SUBPROCESS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bedside {

struct SubprocessLimits {
  // Wall time; processor time is limited to the same.
  absl::Duration time = absl::Seconds(20);
  // Address space.
  uint64_t memory_bytes = uint64_t{1} << 30;
  // Of standard output; of standard error the first 4 KiB are kept.
  uint64_t output_bytes = uint64_t{64} << 20;
};

struct SubprocessResult {
  enum class End { kExited, kSignalled, kTimedOut, kTooMuchOutput };

  End end = End::kExited;
  // Exit status, or the number of the signal.
  int code = 0;
  std::string output;
  std::string errors;
};

// Runs `arguments`, of which the first is looked up in PATH, with `input` as standard input, and returns when it has
// ended or was killed. The program sees no other files of this process, an environment of PATH and LC_ALL=C.UTF-8 only,
// may write no files, and dies with this process. Threads may run programs at the same time.
//
// NOT_FOUND: no such program. RESOURCE_EXHAUSTED: the system has no process, memory or descriptor left.
// REQUIRES: `arguments` is not empty
absl::StatusOr<SubprocessResult> RunSubprocess(const std::vector<std::string>& arguments, absl::string_view input,
                                               const SubprocessLimits& limits);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_SUBPROCESS_H_
