// Whether a store can be served: it opens, every block of documents, passages, indexes and changes is as it was
// written, it has a generation whose indexes are complete, and that was embedded with the model that will be asked.
#ifndef BEDSIDE_TOOLS_BEDSIDE_DOCTOR_STORE_CHECKS_H_
#define BEDSIDE_TOOLS_BEDSIDE_DOCTOR_STORE_CHECKS_H_

#include <string>

#include "tools/bedside/doctor/finding.h"

namespace bedside {

// Only reads; a server may be running. `embedder_id`: of the configured model, "" when it is not known: then it is not
// compared. A store with a damaged block is one failure and not looked at further. Cost: reads the whole store.
Findings CheckStore(const std::string& path, const std::string& embedder_id);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_DOCTOR_STORE_CHECKS_H_
