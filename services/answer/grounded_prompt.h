// What is meant for a language model, before the egress guard has seen it.
#ifndef BEDSIDE_SERVICES_ANSWER_GROUNDED_PROMPT_H_
#define BEDSIDE_SERVICES_ANSWER_GROUNDED_PROMPT_H_

#include <string>
#include <vector>

namespace bedside {

struct GroundedPrompt {
  // The policy.
  std::string system;
  // The numbered passages and the question.
  std::string user;
  // 1-based evidence numbers of the passages in `user`, and of those left out because they did not fit; ascending.
  std::vector<int> offered;
  std::vector<int> left_out;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_GROUNDED_PROMPT_H_
