#include "tools/eval/measured_goal.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace bedside {
namespace {

std::string Measured(const MeasuredGoal& goal) {
  const std::string unit = goal.goal.unit.empty() ? "" : absl::StrCat(" ", goal.goal.unit);
  return absl::StrFormat("%.4g%s (%.4g to %.4g)", goal.estimate.mean, unit, goal.estimate.low, goal.estimate.high);
}

std::string Wanted(const Goal& goal) {
  return absl::StrFormat("at %s %g%s", goal.wants == Goal::Wants::kAtLeast ? "least" : "most", goal.goal,
                         goal.unit.empty() ? "" : absl::StrCat(" ", goal.unit));
}

}  // namespace

MeasuredGoal ShareGoal(const std::string& what, size_t count, size_t of, Goal::Wants wants, double percent) {
  const Estimate share = WilsonShare(count, of);
  return EstimatedGoal({what, 0, wants, percent, "%"}, {100 * share.mean, 100 * share.low, 100 * share.high}, of);
}

MeasuredGoal EstimatedGoal(Goal goal, const Estimate& estimate, size_t cases) {
  goal.measured = estimate.mean;
  return {std::move(goal), estimate, cases};
}

HtmlTable GoalTable(absl::Span<const MeasuredGoal> goals) {
  HtmlTable table{
      "What was measured beside its goal", {"what", "measured (95 % interval)", "cases", "goal", "which is"}, {}};
  for (const MeasuredGoal& goal : goals) {
    table.rows.push_back({goal.goal.what, Measured(goal), absl::StrCat(goal.cases), Wanted(goal.goal),
                          IsMet(goal.goal) ? "met" : "missed"});
  }
  return table;
}

std::string MeasuredGoalsText(absl::Span<const MeasuredGoal> goals) {
  size_t width = 0;
  for (const MeasuredGoal& goal : goals) width = std::max(width, goal.goal.what.size());
  std::string text;
  for (const MeasuredGoal& goal : goals) {
    absl::StrAppendFormat(&text, "%-*s  %-28s of %-5d %-16s %s\n", static_cast<int>(width), goal.goal.what,
                          Measured(goal), goal.cases, Wanted(goal.goal), IsMet(goal.goal) ? "met" : "MISSED");
  }
  return text;
}

nlohmann::json MeasuredGoalsJson(absl::Span<const MeasuredGoal> goals) {
  std::vector<Goal> plain;
  for (const MeasuredGoal& goal : goals) plain.push_back(goal.goal);
  nlohmann::json rows = GoalsJson(plain);
  for (size_t i = 0; i < goals.size(); ++i) {
    rows[i]["low"] = goals[i].estimate.low;
    rows[i]["high"] = goals[i].estimate.high;
    rows[i]["cases"] = goals[i].cases;
  }
  return rows;
}

}  // namespace bedside
