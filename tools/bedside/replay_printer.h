// A replayed answer for people.
#ifndef BEDSIDE_TOOLS_BEDSIDE_REPLAY_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_REPLAY_PRINTER_H_

#include "proto/bedside/v1/answer_service.pb.h"
#include "tools/bedside/console.h"

namespace bedside {

// The answer, and below it a line for each piece of evidence: whether it is what it was, and what has changed.
void PrintReplay(const v1::ReplayAnswerResponse& replayed, const Console& console);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_REPLAY_PRINTER_H_
