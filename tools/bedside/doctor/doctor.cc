#include "tools/bedside/doctor/doctor.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "absl/status/statusor.h"
#include "index/embedding/openvino_embedder.h"
#include "index/status/status_macros.h"
#include "tools/bedside/doctor/diagnosis.h"

namespace bedside {
namespace {

absl::StatusOr<std::string> LoadModel(const config::EmbedderConfig& config) {
  ASSIGN_OR_RETURN(const auto embedder, OpenVinoEmbedder::Create(config));
  return embedder->id();
}

Machine ThisMachine() {
  std::ostringstream cpu_info;
  cpu_info << std::ifstream("/proc/cpuinfo").rdbuf();
  const char* search_path = std::getenv("PATH");
  return {cpu_info.str(), search_path == nullptr ? "" : search_path, LoadModel};
}

}  // namespace

int RunDoctor(const std::string& config_path, bool json, const Console& console) {
  const Findings findings = Diagnose(config_path, ThisMachine());
  if (json) {
    *console.out << FindingsJson(findings);
  } else {
    PrintFindings(findings, console);
  }
  return ExitStatusOf(findings);
}

}  // namespace bedside
