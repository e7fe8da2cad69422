// How a question was understood, for a person on a terminal.
#ifndef BEDSIDE_TOOLS_BEDSIDE_INTERPRETATION_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_INTERPRETATION_PRINTER_H_

#include "proto/bedside/v1/evidence_service.pb.h"
#include "tools/bedside/console.h"

namespace bedside {

// A note for each assumption and for each word that was not understood; nothing for none.
void PrintInterpretation(const v1::Interpretation& interpretation, const Console& console);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_INTERPRETATION_PRINTER_H_
