#include "tools/eval/svg_plot.h"

#include <cmath>
#include <limits>
#include <random>
#include <string>

#include "gmock/gmock.h"
#include "ingest/connectors/xml_element.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool IsWellFormed(const std::string& svg) {
  return !ReadRecords(svg, {"svg"}, [](const XmlElement&, size_t) { return true; }).has_value();
}

TEST(RoundAxisTest, TicksAreRoundAndHoldTheValues) {
  const PlotAxis axis = RoundAxis(0.862, 0.871);
  EXPECT_LE(axis.low, 0.862);
  EXPECT_GE(axis.high, 0.871);
  EXPECT_THAT(RoundAxis(0, 10).ticks, ElementsAre(0, 2, 4, 6, 8, 10));
}

TEST(RoundAxisTest, AnyValuesGiveAnAxis) {
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    const double low = std::ldexp(static_cast<double>(random()) - 2e9, static_cast<int>(random() % 60) - 50);
    const double size = std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 60) - 50);
    const PlotAxis axis = RoundAxis(low, low + size);
    EXPECT_LT(axis.low, axis.high);
    EXPECT_LE(axis.ticks.size(), 12u);
    // A value may lie beyond the end by less than can be seen.
    const double rounding = 1e-6 * (1 + std::abs(low) + size);
    EXPECT_LE(axis.low, low + rounding);
    EXPECT_GE(axis.high, low + size - rounding);
  }
  for (const double value : {0.0, 1.0, -1e15, kInfinity, -kInfinity, std::nan("")}) {
    const PlotAxis axis = RoundAxis(value, value);
    EXPECT_TRUE(std::isfinite(axis.low) && axis.low < axis.high) << value;
  }
}

TEST(IntervalPlotTest, HasARowForEachAndSaysItsMean) {
  const std::vector<PlotRow> rows = {{"lexical", {0.75, 0.7, 0.8}}, {"dense", {0.85, 0.8, 0.9}}};
  const std::string svg = IntervalPlot("by stage", "nDCG@10", rows);
  EXPECT_TRUE(IsWellFormed(svg)) << svg;
  for (const char* text : {">lexical<", ">dense<", ">0.750<", ">0.850<", "aria-label=\"by stage\"", ">nDCG@10<"}) {
    EXPECT_THAT(svg, HasSubstr(text));
  }
}

TEST(IntervalPlotTest, AGoalIsDrawnWithinTheAxis) {
  const PlotRow row{"caught", {0.5, 0.5, 0.5}, 0.9};
  const std::string svg = IntervalPlot("n", "a", std::vector<PlotRow>{row});
  EXPECT_TRUE(IsWellFormed(svg)) << svg;
  EXPECT_THAT(svg, HasSubstr("class=\"ideal\" x1=\"640.0\""));
  EXPECT_THAT(svg, HasSubstr(">0.9<"));
  EXPECT_THAT(IntervalPlot("n", "a", std::vector<PlotRow>{{"caught", {0.5, 0.5, 0.5}}}), Not(HasSubstr("ideal")));
}

TEST(IntervalPlotTest, LabelsAreEscapedAndCutBetweenCharacters) {
  const std::string label = "<i>" + std::string(24, 'x') + "ααααααα";
  const std::string svg = IntervalPlot("n", "a", std::vector<PlotRow>{{label, {1, 1, 1}}});
  EXPECT_TRUE(IsWellFormed(svg)) << svg;
  EXPECT_THAT(svg, HasSubstr("&lt;i&gt;xxx"));
  EXPECT_THAT(svg, HasSubstr("…"));
}

TEST(LinePlotTest, DrawsEachLineWithItsBandAndName) {
  const PlotLine line{"run <1>", {{0, {0.1, 0, 0.2}}, {1, {0.3, 0.2, 0.4}}}};
  const std::string svg = LinePlot({"risk", "x", "y", RoundAxis(0, 1), RoundAxis(0, 1)}, {line, line});
  EXPECT_TRUE(IsWellFormed(svg)) << svg;
  EXPECT_THAT(svg, HasSubstr("class=\"band\""));
  EXPECT_THAT(svg, HasSubstr("var(--s1)"));
  EXPECT_THAT(svg, HasSubstr("run &lt;1&gt;"));
  EXPECT_THAT(svg, Not(HasSubstr("class=\"ideal\"")));
}

TEST(LinePlotTest, WhatLiesOutsideTheAxesIsDrawnAtTheirEnds) {
  const PlotLine line{"l", {{-5, {9, -9, 99}}, {7, {-1, -1, -1}}}};
  const std::string svg = LinePlot({"n", "x", "y", RoundAxis(0, 1), RoundAxis(0, 1), true, true}, {line});
  EXPECT_TRUE(IsWellFormed(svg));
  EXPECT_THAT(svg, HasSubstr("points=\"64.0,34.0 696.0,334.0 \""));
  EXPECT_THAT(svg, HasSubstr("class=\"ideal\""));
}

TEST(LinePlotTest, WithoutLinesIsAnEmptyPlot) {
  EXPECT_TRUE(IsWellFormed(LinePlot({"n", "x", "y", RoundAxis(0, 1), RoundAxis(0, 1)}, {})));
}

}  // namespace
}  // namespace bedside
