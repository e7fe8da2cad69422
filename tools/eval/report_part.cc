#include "tools/eval/report_part.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/eval/evaluation_summary.h"
#include "tools/eval/html_page.h"

namespace bedside {

std::string Heading(absl::string_view text) { return absl::StrCat("<h2>", EscapeHtml(text), "</h2>\n"); }
std::string FigureHeading(absl::string_view text) { return absl::StrCat("<h3>", EscapeHtml(text), "</h3>\n"); }
std::string Paragraph(absl::string_view text) { return absl::StrCat("<p>", EscapeHtml(text), "</p>\n"); }

std::string WithInterval(const Estimate& estimate, int digits) {
  return absl::StrFormat("%.*f (%.*f to %.*f)", digits, estimate.mean, digits, estimate.low, digits, estimate.high);
}

std::string CountOf(size_t count, size_t of) { return absl::StrCat(count, " of ", of); }

std::vector<std::string> TimeRow(const std::string& name, const std::vector<double>& times) {
  return {name, WithInterval(LatencyEstimate(times, 50), 2), WithInterval(LatencyEstimate(times, 90), 2),
          WithInterval(LatencyEstimate(times, 99), 2)};
}

PlotAxis ShareAxis() { return {0, 1, {0, 0.2, 0.4, 0.6, 0.8, 1}}; }

double HighestOf(absl::Span<const PlotLine> lines) {
  double highest = 0;
  for (const PlotLine& line : lines) {
    for (const PlotPoint& point : line.points) highest = std::max(highest, point.y.high);
  }
  return highest;
}

PlotLine DistributionLine(const std::string& label, const std::vector<double>& times) {
  PlotLine line{label, {}};
  for (int percent = 1; percent <= 99; ++percent) {
    const double share = percent / 100.0;
    line.points.push_back({Percentile(times, percent), {share, share, share}});
  }
  return line;
}

}  // namespace bedside
