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
  settings.outside_trust_zone_accepted = config.outside_trust_zone_accepted();
}

void ReadGenerator(const config::GeneratorConfig& config, AnswerSettings& settings, Problems& problems) {
  settings.prompt = ReadPromptSettings(config.prompt(), problems);
  if (config.has_chat()) {
    settings.chat = ReadChatSettings(config.chat(), problems);
    ReadModelLimits(config.chat(), settings);
  } else if (config.has_grpc()) {
    settings.grpc = ReadGrpcSettings(config.grpc(), problems);
    ReadModelLimits(config.grpc(), settings);
  }
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
  ReadGenerator(config.generator(), settings, problems);
  if (!problems.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("answer configuration: ", absl::StrJoin(problems, "; ")));
  }
  return settings;
}

}  // namespace bedside
