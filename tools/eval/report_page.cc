#include "tools/eval/report_page.h"

#include "absl/strings/str_cat.h"
#include "tools/eval/html_page.h"
#include "tools/eval/report_section.h"
#include "tools/eval/text_file.h"

namespace bedside {
namespace {

constexpr absl::string_view kIntroduction =
    "<p>Every interval is a 95 % bootstrap interval over the questions (of fewer than twenty or so it is too narrow), "
    "and "
    "every comparison a paired randomisation test on the same questions. A document that nobody judged counts as not "
    "relevant, so figures are lower bounds where judgements are incomplete. Words of questions are not part of this "
    "page.</p>\n";

std::vector<LabelledRun> AllRuns(absl::Span<const ReportColumn> columns) {
  std::vector<LabelledRun> runs;
  for (const ReportColumn& column : columns) {
    for (const EvaluationRun& run : column.runs) runs.push_back({column.label, &run});
  }
  return runs;
}

std::vector<LabelledRun> Plain(absl::Span<const LabelledRun> runs) {
  std::vector<LabelledRun> plain;
  for (const LabelledRun& run : runs) {
    if (run.run->perturbation.empty()) plain.push_back(run);
  }
  return plain;
}

}  // namespace

std::string ReportPage(absl::Span<const ReportColumn> columns) {
  const std::vector<LabelledRun> all = AllRuns(columns);
  const std::vector<LabelledRun> first = AllRuns(columns.subspan(0, 1));
  const std::vector<LabelledRun> plain = Plain(first);
  // A column of perturbed runs alone is shown as it is.
  const std::vector<LabelledRun>& shown = plain.empty() ? first : plain;
  return PageHtml(
      "How well Bedside finds evidence",
      absl::StrCat(kIntroduction, OverviewSection(all), StageSection(shown), TypeSection(shown), ColumnSection(all),
                   PerturbationSection(first), RiskSection(shown), CalibrationSection(shown), FilterSection(shown),
                   LatencySection(shown), GrowthSection(all)));
}

absl::Status WriteReportPage(absl::Span<const ReportColumn> columns, const std::string& path) {
  return WriteTextFile(ReportPage(columns), path);
}

}  // namespace bedside
