#include "services/server_config_check.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "services/answer/answer_settings.h"
#include "services/endpoint/loopback.h"
#include "services/generation/egress_guard.h"
#include "services/generation/generator_settings.h"
#include "services/record/quality_reports.h"
#include "services/trace/span_exporter.h"

namespace bedside {
namespace {

// What the part that a field is for says of it.
void AddFault(const absl::Status& status, ConfigViolations* violations) {
  if (!status.ok()) violations->emplace_back(status.message());
}

// Where prompts go is looked at whatever else is wrong: who mends the rest must not learn of it afterwards only.
void CheckEgress(const config::GeneratorConfig& generator, ConfigViolations* violations) {
  EgressSettings settings = ReadEgressSettings(generator);
  if (settings.host.empty()) return;
  AddFault(EgressGuard::Create(std::move(settings)).status(), violations);
}

// Who may reach a port must be known, and tokens must not be readable on the way. `field`: that of the address.
void CheckExposure(const config::ServerConfig& config, absl::string_view field, const std::string& address,
                   ConfigViolations* violations) {
  const size_t colon = address.rfind(':');
  // One without a port is no address at all, which is said already.
  if (colon == address.npos) return;
  const std::string host = address.substr(0, colon);
  if (IsLoopbackName(host)) return;
  if (config.has_access() && !config.has_tls()) {
    violations->push_back(absl::StrCat("access is configured without tls, and ", field, " is ", address,
                                       ", so tokens could be read on the way: configure tls, or listen on 127.0.0.1"));
  }
  if (config.has_access() || config.open_to_all_accepted() || IsLoopback(host)) return;
  violations->push_back(absl::StrCat(field, " is ", address,
                                     ", which others can reach, and access is not configured: configure access and "
                                     "tls, listen on 127.0.0.1, or accept this with open_to_all_accepted: true"));
}

constexpr uint32_t kLongestHookMs = 60'000;
constexpr uint32_t kShortestHookMs = 50;
constexpr uint32_t kMostUnseenHours = 720;
constexpr uint32_t kMostCardDays = 36'500;
constexpr uint32_t kMostCards = 100'000'000;
constexpr int kMostOrigins = 20;

// RFC 6454, section 6.2.
bool IsOrigin(absl::string_view text) {
  const bool has_scheme = absl::ConsumePrefix(&text, "https://") || absl::ConsumePrefix(&text, "http://");
  return has_scheme && !text.empty() && text.find_first_of("/?# *") == text.npos;
}

// What HookAdvisor does not look at.
void CheckHooks(const config::ServerConfig& config, ConfigViolations* violations) {
  if (!config.access().hook_clients().empty() && !config.has_hooks()) {
    violations->push_back("access.hook_clients is configured without hooks, which its tokens are for");
  }
  if (!config.has_hooks()) return;
  const config::HooksConfig& hooks = config.hooks();
  if (!config.has_http()) violations->push_back("hooks is configured without http, over which record systems call");
  if (hooks.rules_file().empty()) violations->push_back("hooks.rules_file: wanted a file, got nothing");
  if (hooks.timeout_ms() != 0 && (hooks.timeout_ms() < kShortestHookMs || hooks.timeout_ms() > kLongestHookMs)) {
    violations->push_back(absl::StrCat("hooks.timeout_ms: wanted 0 or 50 to 60000, got ", hooks.timeout_ms()));
  }
  if (hooks.allowed_origins_size() > kMostOrigins) violations->push_back("hooks.allowed_origins has more than 20");
  if (!std::all_of(hooks.allowed_origins().begin(), hooks.allowed_origins().end(), IsOrigin)) {
    violations->push_back(
        "hooks.allowed_origins wants scheme, host and port as browsers write them: https://ehr.example");
  }
  const config::OutcomesConfig& outcomes = hooks.outcomes();
  if (outcomes.unseen_after_hours() > kMostUnseenHours || outcomes.max_days() > kMostCardDays ||
      outcomes.max_cards() > kMostCards) {
    violations->push_back("hooks.outcomes: wanted at most 720 hours, 36500 days and 100000000 cards");
  }
}

void CheckThesaurus(const std::string& path, ConfigViolations* violations) {
  std::error_code error;
  if (path.empty() || std::filesystem::is_regular_file(path, error)) return;
  violations->push_back(
      absl::StrCat("retrieval.query.thesaurus_path ", path, " is no file, wanted a MeSH descriptor ", "file in XML"));
}

}  // namespace

ConfigViolations FindServerViolations(const config::ServerConfig& config) {
  ConfigViolations violations = FindViolations(config);
  AddFault(ReadAnswerSettings(config.answer()).status(), &violations);
  CheckEgress(config.answer().generator(), &violations);
  CheckExposure(config, "listen_address", config.listen_address(), &violations);
  CheckExposure(config, "http.listen_address", config.http().listen_address(), &violations);
  CheckHooks(config, &violations);
  CheckThesaurus(config.retrieval().query().thesaurus_path(), &violations);
  AddFault(QualityReports::Create(config.quality()).status(), &violations);
  if (config.has_traces()) AddFault(SpanExporter::Create(config.traces()).status(), &violations);
  return violations;
}

}  // namespace bedside
