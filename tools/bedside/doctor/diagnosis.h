// All checks, in the order in which a server would stumble.
#ifndef BEDSIDE_TOOLS_BEDSIDE_DOCTOR_DIAGNOSIS_H_
#define BEDSIDE_TOOLS_BEDSIDE_DOCTOR_DIAGNOSIS_H_

#include <string>

#include "tools/bedside/console.h"
#include "tools/bedside/doctor/finding.h"
#include "tools/bedside/doctor/model_checks.h"

namespace bedside {

// What is known of the machine before its files are looked at.
struct Machine {
  // Text of /proc/cpuinfo.
  std::string cpu_info;
  // PATH.
  std::string search_path;
  EmbedderIdFunction load_model;
};

// Checks the machine and what the configuration at `config_path` names. When the file cannot be read, that and the
// machine is all.
Findings Diagnose(const std::string& config_path, const Machine& machine);

// A line for each finding, with its next step below. To console.out.
void PrintFindings(const Findings& findings, const Console& console);

// A JSON array of objects with "level" ("ok", "warning", "failure"), "subject", "message" and "next_step".
std::string FindingsJson(const Findings& findings);

// Exit status: 1 when there is a failure, otherwise 0.
int ExitStatusOf(const Findings& findings);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_DOCTOR_DIAGNOSIS_H_
