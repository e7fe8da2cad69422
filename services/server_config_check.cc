#include "services/server_config_check.h"

#include <filesystem>
#include <string>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/answer/answer_settings.h"
#include "services/generation/chat_endpoint.h"
#include "services/generation/egress_guard.h"
#include "services/generation/generator_settings.h"

namespace bedside {
namespace {

void CheckAnswers(const config::AnswerConfig& config, ConfigViolations* violations) {
  const absl::Status settings = ReadAnswerSettings(config).status();
  if (!settings.ok()) violations->emplace_back(settings.message());
}

// Where prompts go is looked at whatever else is wrong: who mends the rest must not learn of it afterwards only.
void CheckEgress(const std::string& host, bool accepted, ConfigViolations* violations) {
  const absl::Status egress = EgressGuard::Create(host, accepted).status();
  if (!egress.ok()) violations->emplace_back(egress.message());
}

void CheckEgress(const config::GeneratorConfig& generator, ConfigViolations* violations) {
  if (generator.has_chat()) {
    const absl::StatusOr<ChatEndpoint> endpoint = ParseChatEndpoint(generator.chat().base_url());
    if (endpoint.ok()) CheckEgress(endpoint->host, generator.chat().outside_trust_zone_accepted(), violations);
  } else if (generator.has_grpc()) {
    const absl::optional<std::string> host = HostOf(generator.grpc().target());
    if (host.has_value()) CheckEgress(*host, generator.grpc().outside_trust_zone_accepted(), violations);
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
  CheckAnswers(config.answer(), &violations);
  CheckEgress(config.answer().generator(), &violations);
  CheckThesaurus(config.retrieval().query().thesaurus_path(), &violations);
  return violations;
}

}  // namespace bedside
