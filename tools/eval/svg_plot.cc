#include "tools/eval/svg_plot.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/eval/html_page.h"

namespace bedside {
namespace {

constexpr double kWidth = 720;
constexpr size_t kMostLabelBytes = 32;
constexpr size_t kColours = 6;

// Where values of an axis lie on the drawing.
struct Scale {
  PlotAxis axis;
  double begin;
  double end;

  double At(double value) const {
    const double inside = std::min(std::max(value, axis.low), axis.high);
    return begin + (inside - axis.low) / (axis.high - axis.low) * (end - begin);
  }
};

std::string Open(absl::string_view name, double height) {
  return absl::StrFormat(
      "<svg viewBox=\"0 0 %g %g\" role=\"img\" aria-label=\"%s\" "
      "xmlns=\"http://www.w3.org/2000/svg\">\n<title>%s</title>\n",
      kWidth, height, EscapeHtml(name), EscapeHtml(name));
}

std::string Line(absl::string_view attributes, double x1, double y1, double x2, double y2) {
  return absl::StrFormat("<line %s x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", attributes, x1, y1, x2, y2);
}

std::string Text(absl::string_view attributes, double x, double y, absl::string_view text) {
  return absl::StrFormat("<text %s x=\"%.1f\" y=\"%.1f\">%s</text>\n", attributes, x, y, EscapeHtml(text));
}

std::string Dot(absl::string_view colour, double x, double y) {
  return absl::StrFormat("<circle fill=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>\n", colour, x, y);
}

std::string Colour(size_t series) { return absl::StrFormat("var(--s%d)", series % kColours); }

// At most kMostLabelBytes, whole characters.
std::string Shortened(const std::string& label) {
  if (label.size() <= kMostLabelBytes) return label;
  size_t end = kMostLabelBytes - 3;
  while (end > 0 && (label[end] & 0xC0) == 0x80) --end;
  return absl::StrCat(label.substr(0, end), "…");
}

std::string HorizontalAxis(const Scale& x, double top, double bottom, absl::string_view label) {
  std::string svg;
  for (const double tick : x.axis.ticks) {
    absl::StrAppend(
        &svg, Line("class=\"grid\"", x.At(tick), top, x.At(tick), bottom),
        Text("class=\"quiet\" text-anchor=\"middle\"", x.At(tick), bottom + 18, absl::StrFormat("%g", tick)));
  }
  absl::StrAppend(&svg, Line("class=\"axis\"", x.begin, bottom, x.end, bottom),
                  Text("text-anchor=\"middle\"", (x.begin + x.end) / 2, bottom + 38, label));
  return svg;
}

std::string VerticalAxis(const Scale& y, double left, double right, absl::string_view label) {
  std::string svg;
  for (const double tick : y.axis.ticks) {
    absl::StrAppend(&svg, Line("class=\"grid\"", left, y.At(tick), right, y.At(tick)),
                    Text("class=\"quiet\" text-anchor=\"end\"", left - 8, y.At(tick) + 4, absl::StrFormat("%g", tick)));
  }
  return absl::StrCat(svg, Line("class=\"axis\"", left, y.begin, left, y.end), Text("", left - 46, y.end - 12, label));
}

PlotAxis AxisOf(absl::Span<const PlotRow> rows) {
  double low = rows[0].estimate.low;
  double high = rows[0].estimate.high;
  for (const PlotRow& row : rows) {
    low = std::min(low, row.estimate.low);
    high = std::max(high, row.estimate.high);
    if (!row.goal.has_value()) continue;
    low = std::min(low, *row.goal);
    high = std::max(high, *row.goal);
  }
  return RoundAxis(low, high);
}

std::string Points(const std::vector<PlotPoint>& points, const Scale& x, const Scale& y) {
  std::string text;
  for (const PlotPoint& point : points) absl::StrAppendFormat(&text, "%.1f,%.1f ", x.At(point.x), y.At(point.y.mean));
  return text;
}

std::string Band(const std::vector<PlotPoint>& points, const Scale& x, const Scale& y, const std::string& colour) {
  std::string text;
  for (const PlotPoint& point : points) absl::StrAppendFormat(&text, "%.1f,%.1f ", x.At(point.x), y.At(point.y.high));
  for (auto point = points.rbegin(); point != points.rend(); ++point) {
    absl::StrAppendFormat(&text, "%.1f,%.1f ", x.At(point->x), y.At(point->y.low));
  }
  return absl::StrFormat("<polygon class=\"band\" fill=\"%s\" points=\"%s\"/>\n", colour, text);
}

std::string Marks(const std::vector<PlotPoint>& points, const Scale& x, const Scale& y, const std::string& colour) {
  std::string svg;
  const std::string stroke = absl::StrFormat("stroke=\"%s\" stroke-width=\"2\"", colour);
  for (const PlotPoint& point : points) {
    absl::StrAppend(&svg, Line(stroke, x.At(point.x), y.At(point.y.low), x.At(point.x), y.At(point.y.high)),
                    Dot(colour, x.At(point.x), y.At(point.y.mean)));
  }
  return svg;
}

}  // namespace

PlotAxis RoundAxis(double low, double high) {
  if (!std::isfinite(low) || !std::isfinite(high)) return RoundAxis(0, 1);
  const double size = std::max(1.0, std::abs(low));
  if (high - low < 1e-9 * size) return RoundAxis(low - 0.01 * size, low + 0.01 * size);
  const double power = std::pow(10, std::floor(std::log10((high - low) / 5)));
  const double ratio = (high - low) / 5 / power;
  const double step = power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
  PlotAxis axis;
  const double first = std::floor(low / step + 1e-9);
  const double last = std::ceil(high / step - 1e-9);
  for (double i = first; i <= last; ++i) axis.ticks.push_back(i == 0 ? 0 : i * step);
  axis.low = axis.ticks.front();
  axis.high = axis.ticks.back();
  return axis;
}

std::string IntervalPlot(absl::string_view name, absl::string_view axis_label, absl::Span<const PlotRow> rows) {
  constexpr double kTop = 8;
  constexpr double kRow = 28;
  const double bottom = kTop + kRow * static_cast<double>(rows.size());
  const Scale x{AxisOf(rows), 240, kWidth - 80};
  std::string svg = Open(name, bottom + 48) + HorizontalAxis(x, kTop, bottom, axis_label);
  double y = kTop + kRow / 2;
  for (const PlotRow& row : rows) {
    absl::StrAppend(
        &svg, Text("text-anchor=\"end\"", x.begin - 16, y + 4, Shortened(row.label)),
        Line("stroke=\"var(--s0)\" stroke-width=\"2\"", x.At(row.estimate.low), y, x.At(row.estimate.high), y),
        Dot("var(--s0)", x.At(row.estimate.mean), y),
        Text("", x.end + 16, y + 4, absl::StrFormat("%.3f", row.estimate.mean)));
    if (row.goal.has_value()) {
      absl::StrAppend(&svg, Line("class=\"ideal\"", x.At(*row.goal), y - kRow / 2, x.At(*row.goal), y + kRow / 2));
    }
    y += kRow;
  }
  return absl::StrCat(svg, "</svg>\n");
}

std::string LinePlot(const LinePlotOptions& options, absl::Span<const PlotLine> lines) {
  constexpr double kTop = 34;
  constexpr double kBottom = 334;
  constexpr double kLegendRow = 22;
  const Scale x{options.x, 64, kWidth - 24};
  const Scale y{options.y, kBottom, kTop};
  const double height = kBottom + 52 + kLegendRow * static_cast<double>(lines.size());
  std::string svg = absl::StrCat(Open(options.name, height), HorizontalAxis(x, kTop, kBottom, options.x_label),
                                 VerticalAxis(y, x.begin, x.end, options.y_label));
  if (options.has_diagonal) {
    absl::StrAppend(&svg, Line("class=\"ideal\"", x.begin, y.begin, x.end, y.end));
  }
  double legend = kBottom + 64;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string colour = Colour(i);
    absl::StrAppend(&svg,
                    options.has_marks ? Marks(lines[i].points, x, y, colour) : Band(lines[i].points, x, y, colour));
    absl::StrAppendFormat(&svg, "<polyline class=\"line\" stroke=\"%s\" points=\"%s\"/>\n", colour,
                          Points(lines[i].points, x, y));
    absl::StrAppend(&svg,
                    Line(absl::StrFormat("stroke=\"%s\" stroke-width=\"3\"", colour), x.begin, legend - 4, x.begin + 24,
                         legend - 4),
                    Text("", x.begin + 34, legend, lines[i].label));
    legend += kLegendRow;
  }
  return absl::StrCat(svg, "</svg>\n");
}

}  // namespace bedside
