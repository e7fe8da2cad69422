#include "tools/eval/measured_goal.h"

#include "gmock/gmock.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

MeasuredGoal Caught(size_t count) { return ShareGoal("caught", count, 100, Goal::Wants::kAtLeast, 99); }

TEST(MeasuredGoalTest, AShareIsInPercentWithWilsonsInterval) {
  const MeasuredGoal goal = Caught(100);
  EXPECT_EQ(goal.goal.measured, 100);
  EXPECT_EQ(goal.estimate.mean, 100);
  EXPECT_NEAR(goal.estimate.low, 96.30, 0.01);
  EXPECT_EQ(goal.estimate.high, 100);
  EXPECT_EQ(goal.cases, 100u);
}

TEST(MeasuredGoalTest, TheMeanDecidesWhetherAGoalIsMet) {
  EXPECT_TRUE(IsMet(Caught(99).goal));
  EXPECT_FALSE(IsMet(Caught(98).goal));
  // Its interval would allow either.
  EXPECT_TRUE(IsMet(EstimatedGoal({"p50", 0, Goal::Wants::kAtMost, 3, "ms"}, {2.9, 2.5, 3.5}, 9).goal));
  EXPECT_FALSE(IsMet(EstimatedGoal({"p50", 0, Goal::Wants::kAtMost, 3, "ms"}, {3.1, 2.5, 3.5}, 9).goal));
}

TEST(MeasuredGoalTest, ATableHasARowAGoal) {
  const MeasuredGoal times = EstimatedGoal({"ROUGE-2", 0, Goal::Wants::kAtLeast, 1.3, ""}, {1.25, 1.2, 1.31}, 7);
  const HtmlTable table = GoalTable({Caught(99), times});
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_THAT(table.rows[0], ElementsAre("caught", "99 % (94.55 to 99.82)", "100", "at least 99 %", "met"));
  EXPECT_THAT(table.rows[1], ElementsAre("ROUGE-2", "1.25 (1.2 to 1.31)", "7", "at least 1.3", "missed"));
  EXPECT_EQ(table.columns.size(), table.rows[0].size());
}

TEST(MeasuredGoalTest, OneCaseShortOfAllIsNotWrittenAsAll) {
  const HtmlTable table = GoalTable({ShareGoal("caught", 2999, 3000, Goal::Wants::kAtLeast, 99)});
  EXPECT_THAT(table.rows[0][1], HasSubstr("99.97 %"));
}

TEST(MeasuredGoalTest, TextShoutsWhatIsMissed) {
  const std::string text = MeasuredGoalsText({Caught(99), Caught(0)});
  EXPECT_THAT(text, HasSubstr("caught  99 % (94.55 to 99.82)        of 100   at least 99 %    met\n"));
  EXPECT_THAT(text, HasSubstr("MISSED\n"));
  EXPECT_EQ(MeasuredGoalsText({}), "");
}

TEST(MeasuredGoalTest, JsonHasTheInterval) {
  const nlohmann::json rows =
      MeasuredGoalsJson({EstimatedGoal({"p50", 0, Goal::Wants::kAtMost, 3, "ms"}, {2.5, 2, 4}, 9)});
  EXPECT_EQ(rows, nlohmann::json::parse(R"([{"what": "p50", "measured": 2.5, "wants": "at most", "goal": 3.0,
    "unit": "ms", "met": true, "low": 2.0, "high": 4.0, "cases": 9}])"));
  EXPECT_EQ(MeasuredGoalsJson({}), nlohmann::json::array());
}

}  // namespace
}  // namespace bedside
