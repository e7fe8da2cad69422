#include "tools/bench/machine.h"

#include <sys/utsname.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tools/bench/program_run.h"

namespace bedside {
namespace {

// What follows "key ... :" in each line that begins with `key`.
std::vector<absl::string_view> ValuesOf(absl::string_view key, absl::string_view text) {
  std::vector<absl::string_view> values;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(line, absl::MaxSplits(':', 1));
    if (absl::StripAsciiWhitespace(parts.first) == key) values.push_back(absl::StripAsciiWhitespace(parts.second));
  }
  return values;
}

nlohmann::json KnownFlags(absl::string_view flags) {
  const absl::flat_hash_set<absl::string_view> present = absl::StrSplit(flags, ' ');
  nlohmann::json known = nlohmann::json::array();
  for (const char* flag :
       {"avx2", "avx512f", "avx512_vnni", "avx_vnni", "avx512_bf16", "avx512_fp16", "amx_bf16", "amx_int8"}) {
    if (present.contains(flag)) known.push_back(flag);
  }
  return known;
}

}  // namespace

nlohmann::json MachineJson(absl::string_view cpuinfo, absl::string_view meminfo, absl::string_view loadavg) {
  nlohmann::json machine;
  const std::vector<absl::string_view> models = ValuesOf("model name", cpuinfo);
  if (!models.empty()) machine["cpu"] = std::string(models.front());
  machine["cores"] = ValuesOf("processor", cpuinfo).size();
  const std::vector<absl::string_view> flags = ValuesOf("flags", cpuinfo);
  if (!flags.empty()) machine["cpu_flags"] = KnownFlags(flags.front());
  const std::vector<absl::string_view> memory = ValuesOf("MemTotal", meminfo);
  uint64_t kib = 0;
  if (!memory.empty() && absl::SimpleAtoi(memory.front().substr(0, memory.front().find(' ')), &kib)) {
    machine["memory_gib"] = static_cast<double>(kib) / (1 << 20);
  }
  double load = 0;
  if (absl::SimpleAtod(loadavg.substr(0, loadavg.find(' ')), &load)) machine["load"] = load;
  return machine;
}

nlohmann::json ThisMachine() {
  nlohmann::json machine =
      MachineJson(ReadTextFile("/proc/cpuinfo").value_or(""), ReadTextFile("/proc/meminfo").value_or(""),
                  ReadTextFile("/proc/loadavg").value_or(""));
  utsname kernel;
  if (uname(&kernel) == 0) machine["kernel"] = absl::StrCat(kernel.sysname, " ", kernel.release);
  return machine;
}

}  // namespace bedside
