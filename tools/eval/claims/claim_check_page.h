// The page of `grounding_eval --report`: how well claims are checked, in tables and plots with their goals.
#ifndef BEDSIDE_TOOLS_EVAL_CLAIMS_CLAIM_CHECK_PAGE_H_
#define BEDSIDE_TOOLS_EVAL_CLAIMS_CLAIM_CHECK_PAGE_H_

#include <string>

#include "tools/eval/claims/claim_check_result.h"

namespace bedside {

// No words of claims are in it. What was not measured is said.
std::string ClaimCheckPage(const ClaimCheckResult& result);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_CLAIMS_CLAIM_CHECK_PAGE_H_
