// The command `bedside doctor`, on this machine.
#ifndef BEDSIDE_TOOLS_BEDSIDE_DOCTOR_DOCTOR_H_
#define BEDSIDE_TOOLS_BEDSIDE_DOCTOR_DOCTOR_H_

#include <string>

#include "tools/bedside/console.h"

namespace bedside {

// Prints what was found and returns the exit status: 1 when there is a failure. Loads the model: some seconds.
int RunDoctor(const std::string& config_path, bool json, const Console& console);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_DOCTOR_DOCTOR_H_
