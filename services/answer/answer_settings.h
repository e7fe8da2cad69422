// AnswerConfig, checked and with its defaults.
#ifndef BEDSIDE_SERVICES_ANSWER_ANSWER_SETTINGS_H_
#define BEDSIDE_SERVICES_ANSWER_ANSWER_SETTINGS_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "proto/bedside/config/server_config.pb.h"
#include "services/answer/age_warnings.h"
#include "services/generation/egress_guard.h"
#include "services/generation/generator_settings.h"

namespace bedside {

// Cosine of question and passage below which a passage is not taken to bear on the question.
//
// Measured with bge-small-en-v1.5 in bf16 on 250 expert questions over 13,038 passages (every sixth of bioasq-dev, its
// own retrieval): the best cosine among the first eight passages, median (5 % to 95 %), of
//   A  judged relevant passages                              0.817 (0.685 to 0.900); 7 questions had none
//   B  the rest, once all judged relevant ones are removed   0.727 (0.621 to 0.818)
//   C  40 questions from outside medicine                    0.552 (0.495 to 0.624), at most 0.670
// AUROC of A against C 0.998, of A against B 0.839. So this keeps nonsense out, but near misses only in part:
//   threshold             0.65   0.68   0.70   0.72   0.75
//   A answered            98 %   96 %   93 %   91 %   83 %
//   B abstained from      11 %   21 %   34 %   46 %   66 %
//   C abstained from      98 %  100 %  100 %  100 %  100 %
// Some of B is relevant though never judged. Another embedding model needs a measurement, and a value, of its own.
constexpr double kDefaultMinRelevance = 0.70;

struct AnswerSettings {
  size_t max_evidence = 8;
  size_t max_sentences = 4;
  double min_relevance = kDefaultMinRelevance;
  // At most one; none: extractive.
  absl::optional<ChatSettings> chat;
  absl::optional<GrpcGeneratorSettings> grpc;
  PromptSettings prompt;
  TokenBudget prompt_budget{3000};
  // Of the language model that there is.
  EgressSettings egress;
  // Sentences that the evidence does not support stay, marked, rather than being removed.
  bool mark_unsupported = false;
  AgeLimits age_limits;
  double watts_per_core = 7;

  // Null: extractive.
  const ModelSettings* model() const {
    if (chat.has_value()) return &*chat;
    return grpc.has_value() ? &*grpc : nullptr;
  }
};

// INVALID_ARGUMENT names every field that is out of range, and every file that cannot be used.
absl::StatusOr<AnswerSettings> ReadAnswerSettings(const config::AnswerConfig& config);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_ANSWER_SETTINGS_H_
