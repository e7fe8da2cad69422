#include "tools/bedside/doctor/config_checks.h"

#include <sys/stat.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "proto/bedside/config/textproto_config.h"
#include "services/server_config_check.h"

namespace bedside {
namespace {

constexpr char kSubject[] = "configuration";
constexpr char kSeeProtos[] = "Correct the file; every field is described in proto/bedside/config.";

// `field` of the configuration; it may be empty.
void CheckFolder(absl::string_view field, const std::string& folder, Findings* findings) {
  struct stat info = {};
  if (folder.empty() || (stat(folder.c_str(), &info) == 0 && S_ISDIR(info.st_mode))) return;
  findings->push_back({FindingLevel::kFailure, kSubject, absl::StrCat(field, " ", folder, " is no folder"),
                       absl::StrCat("Make the folder, or correct ", field, ".")});
}

void CheckTrustZone(const config::GeneratorConfig& generator, Findings* findings) {
  if (!generator.chat().outside_trust_zone_accepted()) return;
  findings->push_back({FindingLevel::kWarning, kSubject,
                       "questions and evidence may leave this machine for the chat server",
                       "Make sure that this is meant; outside_trust_zone_accepted: false forbids it."});
}

}  // namespace

Finding CheckConfigFile(const std::string& path, config::ServerConfig* config) {
  const absl::Status status = ReadTextprotoConfig(path, config);
  if (status.ok()) return {FindingLevel::kOk, kSubject, absl::StrCat(path, " is read"), ""};
  return {FindingLevel::kFailure, kSubject, std::string(status.message()), kSeeProtos};
}

Findings CheckConfigFields(const config::ServerConfig& config) {
  Findings findings;
  for (const std::string& violation : FindServerViolations(config)) {
    findings.push_back({FindingLevel::kFailure, kSubject, violation, kSeeProtos});
  }
  CheckFolder("import_root", config.import_root(), &findings);
  CheckFolder("backup_root", config.backup_root(), &findings);
  CheckTrustZone(config.answer().generator(), &findings);
  if (findings.empty()) findings.push_back({FindingLevel::kOk, kSubject, "every field is within its range", ""});
  return findings;
}

}  // namespace bedside
