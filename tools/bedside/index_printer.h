// What a corpus serves, and which generations it keeps, for a person on a terminal.
#ifndef BEDSIDE_TOOLS_BEDSIDE_INDEX_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_INDEX_PRINTER_H_

#include "proto/bedside/v1/index.pb.h"
#include "proto/bedside/v1/index_service.pb.h"
#include "tools/bedside/console.h"

namespace bedside {

void PrintIndex(const v1::Index& index, const Console& console);

void PrintGeneration(const v1::Generation& generation, const Console& console);

// One page of it.
void PrintComparison(const v1::CompareGenerationsResponse& comparison, const Console& console);

void PrintGenerations(const v1::ListGenerationsResponse& generations, const Console& console);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_INDEX_PRINTER_H_
