// A result of the check of claims that nobody measured, for tests.
#ifndef BEDSIDE_TESTS_TOOLS_EVAL_CLAIMS_MADE_CLAIM_CHECK_H_
#define BEDSIDE_TESTS_TOOLS_EVAL_CLAIMS_MADE_CLAIM_CHECK_H_

#include "tools/eval/claims/claim_check_result.h"

namespace bedside {

// Two sets of one dataset, with a number changed in all of 100 and a drug swapped in 40 of 50 caught, and times of 1 to
// 100 ms.
inline ClaimCheckResult MadeClaimCheck() {
  ClaimCheckResult result;
  result.half = "reported";
  result.seed = 7;
  result.most_cases = 100;
  ClaimSetResult set;
  set.dataset = "made <set>";
  set.origin = ClaimOrigin::kSources;
  set.answers = 40;
  set.own = {200, 1, 0, {{IssueKind::kName, 1}}};
  set.mutated[ClaimMutation::kNumberChanged] = {100, 100, 100, {{IssueKind::kNumber, 100}}};
  set.mutated[ClaimMutation::kDrugSwapped] = {50, 40, 0, {{IssueKind::kName, 25}}};
  set.foreign = {80, 60, 8, {{IssueKind::kNotStated, 60}}};
  result.sets.push_back(set);
  set.origin = ClaimOrigin::kExperts;
  set.own = {100, 15, 4, {{IssueKind::kNumber, 4}, {IssueKind::kNotStated, 12}}};
  set.mutated.clear();
  result.sets.push_back(set);
  for (int i = 1; i <= 100; ++i) {
    result.wall_ms.push_back(i);
    result.cpu_ms.push_back(i / 100.0);
  }
  return result;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_TOOLS_EVAL_CLAIMS_MADE_CLAIM_CHECK_H_
