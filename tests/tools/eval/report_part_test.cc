#include "tools/eval/report_part.h"

#include <vector>

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(ReportPartTest, TextIsEscaped) {
  EXPECT_EQ(Heading("a < b"), "<h2>a &lt; b</h2>\n");
  EXPECT_EQ(FigureHeading("\"x\""), "<h3>&quot;x&quot;</h3>\n");
  EXPECT_EQ(Paragraph("<script>"), "<p>&lt;script&gt;</p>\n");
}

TEST(ReportPartTest, AnEstimateIsWrittenWithItsInterval) {
  EXPECT_EQ(WithInterval({0.8654, 0.8541, 0.8769}), "0.865 (0.854 to 0.877)");
  EXPECT_EQ(WithInterval({9.96, 9, 11}, 1), "10.0 (9.0 to 11.0)");
}

TEST(ReportPartTest, TheHighestPointIsTheEndOfAnInterval) {
  EXPECT_EQ(HighestOf({}), 0);
  const std::vector<PlotLine> lines = {{"a", {{0, {1, 0, 2}}}}, {"b", {{5, {0.5, 0.5, 3}}, {6, {1, 1, 1}}}}, {"c", {}}};
  EXPECT_EQ(HighestOf(lines), 3);
}

TEST(ReportPartTest, ADistributionRisesFromTheFirstToTheNinetyNinthHundredth) {
  std::vector<double> times;
  for (int i = 100; i >= 1; --i) times.push_back(i);
  const PlotLine line = DistributionLine("l", times);
  EXPECT_EQ(line.label, "l");
  ASSERT_EQ(line.points.size(), 99u);
  for (size_t i = 0; i < line.points.size(); ++i) {
    EXPECT_EQ(line.points[i].x, static_cast<double>(i + 1));
    EXPECT_DOUBLE_EQ(line.points[i].y.mean, static_cast<double>(i + 1) / 100);
  }
}

TEST(ReportPartTest, TheDistributionOfOneTimeIsUpright) {
  for (const PlotPoint& point : DistributionLine("l", {7}).points) EXPECT_EQ(point.x, 7);
}

}  // namespace
}  // namespace bedside
