#include "tools/bench/goals.h"

#include <cmath>

#include "gtest/gtest.h"

namespace bedside {
namespace {

Goal AtLeast(double measured, double goal) { return {"ingest", measured, Goal::Wants::kAtLeast, goal, "x"}; }
Goal AtMost(double measured, double goal) { return {"p50", measured, Goal::Wants::kAtMost, goal, "ms"}; }

TEST(GoalsTest, AGoalIsMetAtItsValueAndBeyond) {
  EXPECT_TRUE(IsMet(AtLeast(3, 3)));
  EXPECT_TRUE(IsMet(AtLeast(3.1, 3)));
  EXPECT_TRUE(IsMet(AtMost(0.8, 0.8)));
  EXPECT_TRUE(IsMet(AtMost(0.7, 0.8)));
}

TEST(GoalsTest, AGoalIsMissedOnItsOtherSide) {
  EXPECT_FALSE(IsMet(AtLeast(2.9, 3)));
  EXPECT_FALSE(IsMet(AtMost(0.9, 0.8)));
}

TEST(GoalsTest, WhatWasNotANumberIsMissed) {
  EXPECT_FALSE(IsMet(AtLeast(std::nan(""), 3)));
  EXPECT_FALSE(IsMet(AtMost(std::nan(""), 3)));
}

TEST(GoalsTest, JsonHasARowAGoal) {
  const nlohmann::json rows = GoalsJson({AtLeast(2, 3), AtMost(0.5, 0.8)});
  EXPECT_EQ(rows, nlohmann::json::parse(R"([
    {"what": "ingest", "measured": 2.0, "wants": "at least", "goal": 3.0, "unit": "x", "met": false},
    {"what": "p50", "measured": 0.5, "wants": "at most", "goal": 0.8, "unit": "ms", "met": true}])"));
}

TEST(GoalsTest, TextStandsInColumns) {
  EXPECT_EQ(GoalsText({AtLeast(2, 3), AtMost(0.5, 0.8)}),
            "ingest           2 x  at least 3 x           MISSED\n"
            "p50           0.5 ms  at most 0.8 ms         met\n");
}

TEST(GoalsTest, OfNoGoalsNothingIsSaid) {
  EXPECT_EQ(GoalsText({}), "");
  EXPECT_EQ(GoalsJson({}), nlohmann::json::array());
}

TEST(GoalsTest, TheMedianIsTheMiddleOrTheMeanOfTwo) {
  EXPECT_EQ(Median({3}), 3);
  EXPECT_EQ(Median({9, 1, 2}), 2);
  EXPECT_EQ(Median({4, 1, 2, 9}), 3);
}

}  // namespace
}  // namespace bedside
