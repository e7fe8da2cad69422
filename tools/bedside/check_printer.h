// What CheckGrounding found, for people.
#ifndef BEDSIDE_TOOLS_BEDSIDE_CHECK_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_CHECK_PRINTER_H_

#include "proto/bedside/v1/answer_service.pb.h"
#include "tools/bedside/console.h"

namespace bedside {

// Each sentence with the passages that carry it, or with what is wrong with it; then how many are supported.
void PrintCheck(const v1::CheckGroundingResponse& response, const Console& console);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_CHECK_PRINTER_H_
