// The page of `answer_eval --report`: when the service answers and what its answers hold, in tables and plots with
// their goals.
#ifndef BEDSIDE_TOOLS_EVAL_DECISIONS_DECISION_PAGE_H_
#define BEDSIDE_TOOLS_EVAL_DECISIONS_DECISION_PAGE_H_

#include <string>

#include "tools/eval/decisions/decision_result.h"

namespace bedside {

// No words of questions are in it. What was not measured is said.
std::string DecisionPage(const DecisionResult& result);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_DECISIONS_DECISION_PAGE_H_
