// The `bedside` program, apart from its process.
#ifndef BEDSIDE_TOOLS_BEDSIDE_RUN_BEDSIDE_H_
#define BEDSIDE_TOOLS_BEDSIDE_RUN_BEDSIDE_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tools/bedside/console.h"

namespace bedside {

// Runs one command line (without the name of the program) and returns the exit status: 0 answered, an abstention
// included; 1 error; 2 usage. With --json before any "--", also what is wrong with the usage is written as ErrorJson.
// `poll_interval`: between two looks at a running import.
int RunBedside(const std::vector<std::string>& arguments, const Console& console, absl::Duration poll_interval);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_RUN_BEDSIDE_H_
