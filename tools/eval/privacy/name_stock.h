// Names for planting: those of FHIR patients and practitioners, of this list of ours, which is of names that the lists
// of the service mostly do not have, and of the lists themselves.
#ifndef BEDSIDE_TOOLS_EVAL_PRIVACY_NAME_STOCK_H_
#define BEDSIDE_TOOLS_EVAL_PRIVACY_NAME_STOCK_H_

#include <string>

#include "absl/status/statusor.h"
#include "tools/eval/privacy/planted_text.h"

namespace bedside {

// Of one half of the names, by a hash of each: those for reporting, or those for developing. `fhir`: a folder of FHIR
// R4 bundles in JSON; empty: none. NOT_FOUND: there is no such folder. INVALID_ARGUMENT: a file is not JSON.
absl::StatusOr<NameStock> ReadNameStock(const std::string& fhir, bool for_report);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_PRIVACY_NAME_STOCK_H_
