// Pieces that the pages of the evaluations have in common.
#ifndef BEDSIDE_TOOLS_EVAL_REPORT_PART_H_
#define BEDSIDE_TOOLS_EVAL_REPORT_PART_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/eval/sample_statistics.h"
#include "tools/eval/svg_plot.h"

namespace bedside {

// HTML of a section's heading, of a figure's, and of a paragraph; `text` is escaped.
std::string Heading(absl::string_view text);
std::string FigureHeading(absl::string_view text);
std::string Paragraph(absl::string_view text);

// "0.865 (0.854 to 0.876)"
std::string WithInterval(const Estimate& estimate, int digits = 3);

// "3 of 10"
std::string CountOf(size_t count, size_t of);

// A row of a table: the name, and of times in milliseconds the 50th, 90th and 99th percentile with their intervals.
// REQUIRES: !times.empty()
std::vector<std::string> TimeRow(const std::string& name, const std::vector<double>& times);

// 0 to 1.
PlotAxis ShareAxis();

// The highest end of an interval; 0 where there is no point.
double HighestOf(absl::Span<const PlotLine> lines);

// The share of `times` that are no longer than a time, at each percent up to 99. REQUIRES: !times.empty()
PlotLine DistributionLine(const std::string& label, const std::vector<double>& times);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_REPORT_PART_H_
