// What was measured beside what was wanted.
#ifndef BEDSIDE_TOOLS_BENCH_GOALS_H_
#define BEDSIDE_TOOLS_BENCH_GOALS_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "nlohmann/json.hpp"

namespace bedside {

struct Goal {
  enum class Wants { kAtLeast, kAtMost };

  // For example "search, one client: p50, share of the peer's".
  std::string what;
  double measured;
  Wants wants;
  double goal;
  // For example "x", "ms", "GiB"; may be empty.
  std::string unit;
};

bool IsMet(const Goal& goal);

// An array of objects: "what", "measured", "wants" ("at least" or "at most"), "goal", "unit", "met".
nlohmann::json GoalsJson(absl::Span<const Goal> goals);

// A table of three columns with a line a goal.
std::string GoalsText(absl::Span<const Goal> goals);

// The middle of the values; of an even number, the mean of the two in the middle. REQUIRES: !values.empty()
double Median(std::vector<double> values);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_GOALS_H_
