// What came of the cards of CDS Hooks, for those who answer for the rules.
#ifndef BEDSIDE_TOOLS_BEDSIDE_OUTCOME_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_OUTCOME_PRINTER_H_

#include <vector>

#include "proto/bedside/v1/outcome_service.pb.h"
#include "tools/bedside/console.h"

namespace bedside {

// A line a rule, all days together, and one with the reasons for overriding it where there are any.
void PrintOutcomes(const std::vector<v1::RuleOutcomes>& outcomes, const Console& console);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_OUTCOME_PRINTER_H_
