// What a measurement of the check of claims comes to: beside its goals, as text, as JSON.
#ifndef BEDSIDE_TOOLS_EVAL_CLAIMS_CLAIM_CHECK_SUMMARY_H_
#define BEDSIDE_TOOLS_EVAL_CLAIMS_CLAIM_CHECK_SUMMARY_H_

#include <string>
#include <vector>

#include "tools/eval/claims/claim_check_result.h"
#include "tools/eval/measured_goal.h"

namespace bedside {

// Goals are for a kind of error.
enum class MutationGroup { kNumbersAndUnits, kDrugs, kNegationAndDirection };

MutationGroup GroupOf(ClaimMutation mutation);

// The share of the errors of `group` that is to be caught, of 1.
double GoalOf(MutationGroup group);

// The share of true claims of `origin` that may be refused, and of experts' claims by numbers alone, of 1.
double RefusalGoalOf(ClaimOrigin origin);
constexpr double kNumberRefusalGoal = 0.03;

// "BioASQ, sentences of experts"
std::string NameOf(const ClaimSetResult& set);

// One for each set and group that has cases, and for what checking costs.
std::vector<MeasuredGoal> ClaimCheckGoals(const ClaimCheckResult& result);

// Sets with their shares by kind of error, times, goals. No words of claims are in it, nor in the JSON.
std::string ClaimCheckText(const ClaimCheckResult& result);

// An object with "written_by", the settings, "sets", "wall_ms", "cpu_ms" and "goals" (measured_goal.h). Counts, not
// shares.
std::string ClaimCheckJson(const ClaimCheckResult& result);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_CLAIMS_CLAIM_CHECK_SUMMARY_H_
