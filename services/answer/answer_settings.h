// AnswerConfig, checked and with its defaults.
#ifndef BEDSIDE_SERVICES_ANSWER_ANSWER_SETTINGS_H_
#define BEDSIDE_SERVICES_ANSWER_ANSWER_SETTINGS_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "proto/bedside/config/server_config.pb.h"
#include "services/answer/chat_generator.h"
#include "services/answer/prompt_assembler.h"

namespace bedside {

// Cosine of question and passage below which a passage is not taken to bear on the question.
constexpr double kDefaultMinRelevance = 0.70;

struct AnswerSettings {
  size_t max_evidence = 8;
  size_t max_sentences = 4;
  double min_relevance = kDefaultMinRelevance;
  // Unset: extractive.
  absl::optional<ChatSettings> chat;
  TokenBudget prompt_budget{3000};
  bool outside_trust_zone_accepted = false;
};

// INVALID_ARGUMENT names every field that is out of range, and an api_key_file that cannot be used.
absl::StatusOr<AnswerSettings> ReadAnswerSettings(const config::AnswerConfig& config);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_ANSWER_SETTINGS_H_
