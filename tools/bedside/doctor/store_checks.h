// Whether a store can be served: it opens, it has a generation, every byte of its indexes is as it was written, and it
// was embedded with the model that will be asked.
#ifndef BEDSIDE_TOOLS_BEDSIDE_DOCTOR_STORE_CHECKS_H_
#define BEDSIDE_TOOLS_BEDSIDE_DOCTOR_STORE_CHECKS_H_

#include <string>

#include "tools/bedside/doctor/finding.h"

namespace bedside {

// Only reads; a server may be running. `embedder_id`: of the configured model, "" when it is not known: then it is not
// compared. Cost: reads every index piece of every generation.
Findings CheckStore(const std::string& path, const std::string& embedder_id);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_DOCTOR_STORE_CHECKS_H_
