#include "tools/bedside/doctor/diagnosis.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/config/server_config.pb.h"
#include "tools/bedside/doctor/config_checks.h"
#include "tools/bedside/doctor/machine_checks.h"
#include "tools/bedside/doctor/store_checks.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

// For people, of equal width; the name for programs.
struct LevelText {
  const char* label;
  const char* name;
  Emphasis emphasis;
};

LevelText TextOf(FindingLevel level) {
  switch (level) {
    case FindingLevel::kOk:
      return {"OK  ", "ok", Emphasis::kGood};
    case FindingLevel::kWarning:
      return {"WARN", "warning", Emphasis::kWarning};
    case FindingLevel::kFailure:
      break;
  }
  return {"FAIL", "failure", Emphasis::kAlarm};
}

void Append(Findings more, Findings* findings) { std::move(more.begin(), more.end(), std::back_inserter(*findings)); }

}  // namespace

Findings Diagnose(const std::string& config_path, const Machine& machine) {
  config::ServerConfig config;
  Findings findings = {CheckConfigFile(config_path, &config)};
  const bool is_read = findings[0].level == FindingLevel::kOk;
  if (is_read) Append(CheckConfigFields(config), &findings);
  findings.push_back(CheckCpu(machine.cpu_info, config.index().embedder().precision()));
  findings.push_back(CheckPdfToText(machine.search_path));
  if (!is_read) return findings;
  std::string embedder_id;
  if (!config.index().embedder().model_path().empty()) {
    Append(CheckModel(config.index().embedder(), machine.load_model, &embedder_id), &findings);
  }
  if (!config.index().store_path().empty()) {
    Append(CheckStore(config.index().store_path(), embedder_id), &findings);
    findings.push_back(CheckDiskSpace(config.index().store_path()));
  }
  return findings;
}

void PrintFindings(const Findings& findings, const Console& console) {
  constexpr absl::string_view kIndent = "      ";
  for (const Finding& finding : findings) {
    const LevelText level = TextOf(finding.level);
    const std::string wrapped =
        Wrapped(absl::StrCat(finding.subject, ": ", finding.message), kIndent, kIndent, console.width);
    *console.out << Emphasised(console, level.emphasis, level.label) << wrapped.substr(4)
                 << Wrapped(finding.next_step, absl::StrCat(kIndent, "-> "), absl::StrCat(kIndent, "   "),
                            console.width);
  }
}

std::string FindingsJson(const Findings& findings) {
  auto json = nlohmann::ordered_json::array();
  for (const Finding& finding : findings) {
    json.push_back({{"level", TextOf(finding.level).name},
                    {"subject", finding.subject},
                    {"message", finding.message},
                    {"next_step", finding.next_step}});
  }
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

int ExitStatusOf(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.level == FindingLevel::kFailure; })
             ? 1
             : 0;
}

}  // namespace bedside
