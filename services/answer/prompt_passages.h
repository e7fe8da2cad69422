// Evidence as a language model is shown it: only as far as the rights of its source allow.
#ifndef BEDSIDE_SERVICES_ANSWER_PROMPT_PASSAGES_H_
#define BEDSIDE_SERVICES_ANSWER_PROMPT_PASSAGES_H_

#include <string>
#include <vector>

#include "services/answer/evidence_source.h"
#include "services/generation/prompt_assembler.h"

namespace bedside {

PromptPassage PromptPassageOf(const EvidencePassage& evidence);

// In the order of `evidence`.
std::vector<PromptPassage> PromptPassagesOf(const std::vector<EvidencePassage>& evidence);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_PROMPT_PASSAGES_H_
