// Feedback for people.
#ifndef BEDSIDE_TOOLS_BEDSIDE_FEEDBACK_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_FEEDBACK_PRINTER_H_

#include "proto/bedside/v1/feedback_service.pb.h"
#include "tools/bedside/console.h"

namespace bedside {

// Verdict, what it is on, reasons, and the name.
void PrintFeedback(const v1::Feedback& feedback, const Console& console);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_FEEDBACK_PRINTER_H_
