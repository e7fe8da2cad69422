// What an evaluation measured beside what was wanted, with its 95 % interval.
#ifndef BEDSIDE_TOOLS_EVAL_MEASURED_GOAL_H_
#define BEDSIDE_TOOLS_EVAL_MEASURED_GOAL_H_

#include <cstddef>
#include <string>

#include "absl/types/span.h"
#include "nlohmann/json.hpp"
#include "tools/bench/goals.h"
#include "tools/eval/html_page.h"
#include "tools/eval/sample_statistics.h"

namespace bedside {

struct MeasuredGoal {
  // It is met where what was measured meets it, whatever the interval.
  Goal goal;
  Estimate estimate;
  // Of how many cases.
  size_t cases;
};

// A goal of `percent` for the share `count` of `of`, in percent. REQUIRES: count <= of > 0
MeasuredGoal ShareGoal(const std::string& what, size_t count, size_t of, Goal::Wants wants, double percent);

// `goal.measured` is of no account: that of `estimate` is taken.
MeasuredGoal EstimatedGoal(Goal goal, const Estimate& estimate, size_t cases);

// A row a goal: what, measured with interval, cases, goal, "met" or "missed".
HtmlTable GoalTable(absl::Span<const MeasuredGoal> goals);

// The same as lines of text.
std::string MeasuredGoalsText(absl::Span<const MeasuredGoal> goals);

// Rows of GoalsJson (goals.h), and of each also "low", "high" and "cases".
nlohmann::json MeasuredGoalsJson(absl::Span<const MeasuredGoal> goals);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_MEASURED_GOAL_H_
