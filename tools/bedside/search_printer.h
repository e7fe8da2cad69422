// The passages that a search found, best first, for a person on a terminal.
#ifndef BEDSIDE_TOOLS_BEDSIDE_SEARCH_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_SEARCH_PRINTER_H_

#include "proto/bedside/v1/evidence_service.pb.h"
#include "tools/bedside/console.h"

namespace bedside {

void PrintSearch(const v1::SearchResponse& response, const Console& console);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_SEARCH_PRINTER_H_
