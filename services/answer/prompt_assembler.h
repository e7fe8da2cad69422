// Builds the prompt of a language model: policy first, then the numbered passages with what a reader must know of their
// source, then the question. Every passage stands between lines with a mark that is derived from the question and all
// passages, so that no text inside a source can know it and pose as the prompt's own.
//
// The same question and evidence give the same bytes. Only text that the rights of its source allow is used.
#ifndef BEDSIDE_SERVICES_ANSWER_PROMPT_ASSEMBLER_H_
#define BEDSIDE_SERVICES_ANSWER_PROMPT_ASSEMBLER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/answer/evidence_source.h"
#include "services/answer/grounded_prompt.h"

namespace bedside {

// What the policy tells a model to write, and nothing else, when the passages do not answer the question.
extern const absl::string_view kNoAnswer;

// Tokens of a prompt. The tokenizer of the chat model is not known here, so a token is taken to be three bytes, which
// overestimates English prose by about a quarter.
struct TokenBudget {
  size_t tokens = 0;
};

size_t EstimateTokens(absl::string_view text);

// A passage with what is said of its source, as a model sees it.
std::string PromptTextOf(const EvidencePassage& evidence);

// Passages are numbered from 1 in the order of `evidence`. Those that do not fit are left out whole, worst ones first;
// a number stays with its passage. RESOURCE_EXHAUSTED: not even one passage fits. REQUIRES: `evidence` is not empty.
absl::StatusOr<GroundedPrompt> AssemblePrompt(absl::string_view question, const std::vector<EvidencePassage>& evidence,
                                              TokenBudget budget);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_PROMPT_ASSEMBLER_H_
