#include "services/answer/answer_settings.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace bedside {
namespace {

using Problems = std::vector<std::string>;

// `value`, or `fallback` for 0; anything above `limit` is a problem.
size_t Count(const char* field, uint32_t value, size_t fallback, size_t limit, Problems& problems) {
  if (value > limit) problems.push_back(absl::StrCat(field, " is ", value, ", wanted 1 to ", limit));
  return value == 0 ? fallback : value;
}

// What `config`, of either kind, says beside the generator's own settings.
template <typename ModelConfig>
void ReadModelLimits(const ModelConfig& config, AnswerSettings& settings) {
  if (config.max_prompt_tokens() != 0) settings.prompt_budget.tokens = config.max_prompt_tokens();
}

void ReadGenerator(const config::GeneratorConfig& config, AnswerSettings& settings, Problems& problems) {
  settings.prompt = ReadPromptSettings(config.prompt(), problems);
  settings.egress = ReadEgressSettings(config);
  if (config.has_chat()) {
    settings.chat = ReadChatSettings(config.chat(), problems);
    ReadModelLimits(config.chat(), settings);
  } else if (config.has_grpc()) {
    settings.grpc = ReadGrpcSettings(config.grpc(), problems);
    ReadModelLimits(config.grpc(), settings);
  }
}

// Days, or `fallback` where they are not set.
int Days(const char* field, bool has_value, uint32_t value, int fallback, Problems& problems) {
  constexpr uint32_t kMostDays = 36'500;
  if (!has_value) return fallback;
  if (value > kMostDays) problems.push_back(absl::StrCat(field, " is ", value, ", wanted 0 to ", kMostDays));
  return static_cast<int>(value);
}

AgeLimits ReadAgeLimits(const config::AgeConfig& config, Problems& problems) {
  AgeLimits limits;
  limits.generation_days = Days("age.generation_days", config.has_generation_days(), config.generation_days(),
                                limits.generation_days, problems);
  limits.status_days =
      Days("age.status_days", config.has_status_days(), config.status_days(), limits.status_days, problems);
  limits.source_days =
      Days("age.source_days", config.has_source_days(), config.source_days(), limits.source_days, problems);
  return limits;
}

}  // namespace

absl::StatusOr<AnswerSettings> ReadAnswerSettings(const config::AnswerConfig& config) {
  Problems problems;
  AnswerSettings settings;
  settings.max_evidence = Count("max_evidence", config.max_evidence(), settings.max_evidence, 50, problems);
  settings.max_sentences = Count("max_sentences", config.max_sentences(), settings.max_sentences, 20, problems);
  if (config.has_min_relevance()) settings.min_relevance = config.min_relevance();
  if (!(settings.min_relevance >= 0 && settings.min_relevance <= 1)) {
    problems.push_back(absl::StrCat("min_relevance is ", settings.min_relevance, ", wanted 0 to 1"));
  }
  settings.age_limits = ReadAgeLimits(config.age(), problems);
  if (config.has_watts_per_core()) settings.watts_per_core = config.watts_per_core();
  if (!(settings.watts_per_core > 0 && settings.watts_per_core <= 1000)) {
    problems.push_back(absl::StrCat("watts_per_core is ", settings.watts_per_core, ", wanted above 0 to 1000"));
  }
  if (!config::UnsupportedSentences_IsValid(config.unsupported_sentences())) {
    problems.push_back(absl::StrCat("unsupported_sentences is ", config.unsupported_sentences(),
                                    ", wanted UNSUPPORTED_SENTENCES_REMOVE or UNSUPPORTED_SENTENCES_MARK"));
  }
  settings.mark_unsupported = config.unsupported_sentences() == config::UNSUPPORTED_SENTENCES_MARK;
  ReadGenerator(config.generator(), settings, problems);
  if (!problems.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("answer configuration: ", absl::StrJoin(problems, "; ")));
  }
  return settings;
}

}  // namespace bedside
