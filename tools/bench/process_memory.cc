#include "tools/bench/process_memory.h"

#include <cstdint>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "index/status/status_macros.h"
#include "tools/bench/program_run.h"

namespace bedside {
namespace {

absl::StatusOr<double> GibOf(absl::string_view field, absl::string_view status) {
  for (absl::string_view line : absl::StrSplit(status, '\n')) {
    if (!absl::ConsumePrefix(&line, field) || !absl::ConsumeSuffix(&line, " kB")) continue;
    uint64_t kib = 0;
    if (absl::SimpleAtoi(line, &kib)) return static_cast<double>(kib) / (1 << 20);
  }
  return absl::InvalidArgumentError(absl::StrCat("no ", field, " N kB in the status of the process"));
}

}  // namespace

absl::StatusOr<ProcessMemory> ParseProcessMemory(absl::string_view status) {
  ProcessMemory memory;
  ASSIGN_OR_RETURN(memory.resident_gib, GibOf("VmRSS:", status));
  ASSIGN_OR_RETURN(memory.peak_gib, GibOf("VmHWM:", status));
  return memory;
}

absl::StatusOr<ProcessMemory> MemoryOf(pid_t pid) {
  ASSIGN_OR_RETURN(const std::string status, ReadTextFile(absl::StrCat("/proc/", pid, "/status")));
  return ParseProcessMemory(status);
}

}  // namespace bedside
