// What is meant for a language model, before the egress guard has seen it.
#ifndef BEDSIDE_SERVICES_GENERATION_GROUNDED_PROMPT_H_
#define BEDSIDE_SERVICES_GENERATION_GROUNDED_PROMPT_H_

#include <string>
#include <vector>

namespace bedside {

struct GroundedPrompt {
  // The policy.
  std::string system;
  // The numbered passages, what is known of the patient, and the question.
  std::string user;
  // 1-based evidence numbers of the passages in `user`, and of those left out because they did not fit; ascending.
  std::vector<int> offered;
  std::vector<int> left_out;
  // What stands for the spaces of the passages (data_marking.h), to be taken out of what the model writes.
  std::string marker;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_GROUNDED_PROMPT_H_
