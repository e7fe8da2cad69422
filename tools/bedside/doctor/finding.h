// What a check found.
#ifndef BEDSIDE_TOOLS_BEDSIDE_DOCTOR_FINDING_H_
#define BEDSIDE_TOOLS_BEDSIDE_DOCTOR_FINDING_H_

#include <string>
#include <vector>

namespace bedside {

enum class FindingLevel {
  kOk,
  // Works, though not as well as it could.
  kWarning,
  // The server does not start, or does not serve.
  kFailure,
};

struct Finding {
  FindingLevel level;
  // What was checked: "configuration", "store", "model", ...
  std::string subject;
  std::string message;
  // What to do; empty for kOk.
  std::string next_step;
};

using Findings = std::vector<Finding>;

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_DOCTOR_FINDING_H_
