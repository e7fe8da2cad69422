// The sections of the report page, as HTML. Each begins with its heading.
#ifndef BEDSIDE_TOOLS_EVAL_REPORT_SECTION_H_
#define BEDSIDE_TOOLS_EVAL_REPORT_SECTION_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "tools/eval/evaluation_run.h"

namespace bedside {

// A run and the name of its column.
struct LabelledRun {
  std::string label;
  const EvaluationRun* run;
};

// All with the same preconditions: `runs` is not empty, and no run without questions.

// What each run was, and its metrics.
std::string OverviewSection(absl::Span<const LabelledRun> runs);

// nDCG@10 by stage and by type of question.
std::string StageSection(absl::Span<const LabelledRun> runs);
std::string TypeSection(absl::Span<const LabelledRun> runs);

// Runs of the same questions with other settings, and the paired difference of each to the first.
std::string ColumnSection(absl::Span<const LabelledRun> runs);

// Perturbed questions beside those as they are: `runs` are of one column.
std::string PerturbationSection(absl::Span<const LabelledRun> runs);

// Whether confidence says how good a result is.
std::string RiskSection(absl::Span<const LabelledRun> runs);
std::string CalibrationSection(absl::Span<const LabelledRun> runs);
std::string FilterSection(absl::Span<const LabelledRun> runs);

// Distribution of latency, and its growth with the passages of the index: of runs that measured it, or over the runs.
std::string LatencySection(absl::Span<const LabelledRun> runs);
std::string GrowthSection(absl::Span<const LabelledRun> runs);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_REPORT_SECTION_H_
