// A run for the terminal.
#ifndef BEDSIDE_TOOLS_EVAL_EVALUATION_REPORT_H_
#define BEDSIDE_TOOLS_EVAL_EVALUATION_REPORT_H_

#include <string>

#include "tools/eval/evaluation_run.h"

namespace bedside {

// A table. REQUIRES: !run.questions.empty()
std::string RunText(const EvaluationRun& run);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_EVALUATION_REPORT_H_
