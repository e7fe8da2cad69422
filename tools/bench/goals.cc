#include "tools/bench/goals.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace bedside {
namespace {

std::string NameOf(Goal::Wants wants) { return wants == Goal::Wants::kAtLeast ? "at least" : "at most"; }

std::string WithUnit(double value, const std::string& unit) {
  return absl::StrCat(absl::StrFormat("%.4g", value), unit.empty() ? "" : " ", unit);
}

}  // namespace

bool IsMet(const Goal& goal) {
  return goal.wants == Goal::Wants::kAtLeast ? goal.measured >= goal.goal : goal.measured <= goal.goal;
}

nlohmann::json GoalsJson(absl::Span<const Goal> goals) {
  nlohmann::json rows = nlohmann::json::array();
  for (const Goal& goal : goals) {
    rows.push_back({{"what", goal.what},
                    {"measured", goal.measured},
                    {"wants", NameOf(goal.wants)},
                    {"goal", goal.goal},
                    {"unit", goal.unit},
                    {"met", IsMet(goal)}});
  }
  return rows;
}

std::string GoalsText(absl::Span<const Goal> goals) {
  size_t width = 0;
  for (const Goal& goal : goals) width = std::max(width, goal.what.size());
  std::string text;
  for (const Goal& goal : goals) {
    absl::StrAppendFormat(
        &text, "%-*s  %12s  %-22s %s\n", static_cast<int>(width), goal.what, WithUnit(goal.measured, goal.unit),
        absl::StrCat(NameOf(goal.wants), " ", WithUnit(goal.goal, goal.unit)), IsMet(goal) ? "met" : "MISSED");
  }
  return text;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace bedside
