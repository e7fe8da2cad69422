#include "services/server_config_check.h"

#include "absl/status/status.h"
#include "index/status/status_macros.h"
#include "services/answer/answer_settings.h"
#include "services/answer/egress_guard.h"

namespace bedside {
namespace {

absl::Status CheckAnswers(const config::AnswerConfig& config) {
  ASSIGN_OR_RETURN(const AnswerSettings settings, ReadAnswerSettings(config));
  if (!settings.chat.has_value()) return absl::OkStatus();
  return EgressGuard::Create(settings.chat->endpoint, settings.outside_trust_zone_accepted).status();
}

}  // namespace

ConfigViolations FindServerViolations(const config::ServerConfig& config) {
  ConfigViolations violations = FindViolations(config);
  const absl::Status answers = CheckAnswers(config.answer());
  if (!answers.ok()) violations.emplace_back(answers.message());
  return violations;
}

}  // namespace bedside
