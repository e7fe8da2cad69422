// Plots as SVG elements for a page of html_page.h, whose style gives them their colours.
#ifndef BEDSIDE_TOOLS_EVAL_SVG_PLOT_H_
#define BEDSIDE_TOOLS_EVAL_SVG_PLOT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "tools/eval/sample_statistics.h"

namespace bedside {

// The ends of an axis and its labelled values.
struct PlotAxis {
  double low = 0;
  double high = 1;
  std::vector<double> ticks;
};

// An axis that holds `low` to `high`, about five round ticks apart. Finite and with low < high whatever it is given.
PlotAxis RoundAxis(double low, double high);

struct PlotRow {
  std::string label;
  Estimate estimate;
  // What is wanted; unset: nothing is.
  absl::optional<double> goal = absl::nullopt;
};

// One row below the other: a dot at the mean, a line over its interval, a dashed line at the goal, the mean as a
// number. `name` is what a screen reader says of it. REQUIRES: !rows.empty()
std::string IntervalPlot(absl::string_view name, absl::string_view axis_label, absl::Span<const PlotRow> rows);

struct PlotPoint {
  double x;
  // The interval is drawn as a band where it has a width.
  Estimate y;
};

struct PlotLine {
  std::string label;
  // In the order of x.
  std::vector<PlotPoint> points;
};

struct LinePlotOptions {
  std::string name;
  std::string x_label;
  std::string y_label;
  PlotAxis x;
  PlotAxis y;
  // Draws y = x, the line of perfect calibration.
  bool has_diagonal = false;
  // Draws each point, with its interval as a line instead of a band.
  bool has_marks = false;
};

// Six lines have colours of their own. What lies outside the axes is drawn at their ends.
std::string LinePlot(const LinePlotOptions& options, absl::Span<const PlotLine> lines);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_SVG_PLOT_H_
