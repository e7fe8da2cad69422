// Builds the prompt of a language model from a template: policy first, then the numbered passages with what a reader
// must know of their source, what is known of the patient, and the question.
//
// Every part stands between lines with a mark that nobody can know who wrote a source: an HMAC of the request under a
// secret. What comes from a source is marked word by word as well (data_marking.h). So no text inside a source can pose
// as the prompt's own.
//
// The same request gives the same bytes under the same secret and template.
#ifndef BEDSIDE_SERVICES_GENERATION_PROMPT_ASSEMBLER_H_
#define BEDSIDE_SERVICES_GENERATION_PROMPT_ASSEMBLER_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/generation/grounded_prompt.h"
#include "services/generation/prompt_template.h"

namespace bedside {

// What the policy tells a model to write, and nothing else, when the passages do not answer the question.
extern const absl::string_view kNoAnswer;

// Tokens of a prompt.
struct TokenBudget {
  size_t tokens = 0;
};

// The tokenizer of the model is not known here, so a token is taken to be three bytes, which overestimates English
// prose by about a quarter.
size_t EstimateTokens(absl::string_view text);

// A passage, as far as the rights of its source allow. Valid UTF-8; fields that are empty are left out.
struct PromptPassage {
  std::string title;
  std::string publisher;
  // "2021-05".
  std::string date;
  // The system by which the source grades its evidence.
  std::string grade;
  // "current", "superseded": in our words, not in those of the source.
  std::string status;
  std::string section;
  std::string context;
  std::string text;
};

struct PromptRequest {
  std::string question;
  // What is known of the patient, one fact a line; empty: the prompt has no such part.
  std::string patient;
  // Numbered from 1 in this order.
  std::vector<PromptPassage> passages;
};

// Immutable, thread-safe.
class PromptAssembler {
 public:
  // `secret`: at least 16 bytes that nobody else knows; see NewPromptSecret.
  PromptAssembler(PromptTemplate prompt_template, std::string secret, TokenBudget budget)
      : template_(std::move(prompt_template)), secret_(std::move(secret)), budget_(budget) {}

  // Passages that do not fit are left out whole, worst ones first; a number stays with its passage.
  // RESOURCE_EXHAUSTED: not even one passage fits. REQUIRES: `request.passages` is not empty
  absl::StatusOr<GroundedPrompt> Assemble(const PromptRequest& request) const;

  const std::string& template_version() const { return template_.version(); }

 private:
  PromptTemplate template_;
  std::string secret_;
  TokenBudget budget_;
};

// 32 random bytes, for a process that is given no secret. Errors of RandomBytes.
absl::StatusOr<std::string> NewPromptSecret();

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_PROMPT_ASSEMBLER_H_
