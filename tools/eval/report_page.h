// The page of `bedside_eval --report`: tables and plots of runs, each with its intervals.
#ifndef BEDSIDE_TOOLS_EVAL_REPORT_PAGE_H_
#define BEDSIDE_TOOLS_EVAL_REPORT_PAGE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "tools/eval/evaluation_run.h"

namespace bedside {

// One measurement: what one file of --json holds.
struct ReportColumn {
  // "measured", or the name of the file.
  std::string label;
  std::vector<EvaluationRun> runs;
};

// The first column is the one that the page is about; the others are shown beside it, where they have runs of the same
// name. Sections for which the runs have no data say so, and what would give it. Costs some seconds for thousands of
// questions. REQUIRES: columns and the runs of each are not empty, nor the questions of a run
std::string ReportPage(absl::Span<const ReportColumn> columns);

// INTERNAL: cannot be written.
absl::Status WriteReportPage(absl::Span<const ReportColumn> columns, const std::string& path);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_REPORT_PAGE_H_
