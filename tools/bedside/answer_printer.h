// An answer for a person on a terminal: sentences with markers, each on a line of its own, then the sources behind the
// markers with the words that are cited; or why there is no answer.
#ifndef BEDSIDE_TOOLS_BEDSIDE_ANSWER_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_ANSWER_PRINTER_H_

#include "proto/bedside/v1/answer.pb.h"
#include "tools/bedside/console.h"

namespace bedside {

// Numbers are those of Basis.evidence. A citation that the answer holds but that cannot be shown (no such evidence, a
// span outside the passage) is said to be so; nothing is left out in silence.
void PrintAnswer(const v1::Answer& answer, const Console& console);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_ANSWER_PRINTER_H_
