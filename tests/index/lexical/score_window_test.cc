#include "index/lexical/score_window.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(ScoreWindowTest, SumsAreOfAllThatWasAdded) {
  ScoreWindow window;
  window.Start(640, 0);
  window.Add(0, 3);
  window.AddAndMark(0, 4);
  window.Add(ScoreWindow::kPassages - 1, 5);

  EXPECT_EQ(window.begin(), 640U);
  EXPECT_EQ(window.end(), 640 + ScoreWindow::kPassages);
  EXPECT_EQ(window.sum(0), 7U);
  EXPECT_EQ(window.sum(1), 0U);
  EXPECT_EQ(window.sum(ScoreWindow::kPassages - 1), 5U);
}

TEST(ScoreWindowTest, OnlyWhatIsLiftedAboveTheLimitIsMarked) {
  ScoreWindow window;
  window.Start(0, 10);
  window.AddAndMark(64, 10);
  window.AddAndMark(65, 11);
  window.AddAndMark(66, 6);
  window.AddAndMark(66, 5);
  window.AddAndMark(66, 5);
  window.Add(67, 99);

  EXPECT_EQ(window.above(0), 0U);
  EXPECT_EQ(window.above(1), 0b110U);
}

TEST(ScoreWindowTest, SumsUpToTheHighestNumberDoNotWrap) {
  ScoreWindow window;
  window.Start(0, ~uint32_t{0} - 1);
  window.AddAndMark(0, ~uint32_t{0});

  EXPECT_EQ(window.sum(0), ~uint32_t{0});
  EXPECT_EQ(window.above(0), 1U);
}

TEST(ScoreWindowTest, StartForgetsSumsAndMarks) {
  ScoreWindow window;
  window.Start(0, 0);
  window.AddAndMark(5, 1);
  window.Start(4096, 0);

  EXPECT_EQ(window.sum(5), 0U);
  EXPECT_EQ(window.above(0), 0U);
}

}  // namespace
}  // namespace bedside
