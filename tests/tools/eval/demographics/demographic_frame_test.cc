#include "tools/eval/demographics/demographic_frame.h"

#include <gtest/gtest.h>

#include <set>

namespace bedside {
namespace {

TEST(DemographicFrameTest, HalvesHaveTheSameGroupsAndNoFrameInCommon) {
  std::set<std::string> texts;
  std::set<std::string> groups[2];
  for (const FrameHalf half : {FrameHalf::kDevelopment, FrameHalf::kReported}) {
    std::set<std::string> names;
    for (const DemographicFrame& frame : DemographicFrames(half)) {
      EXPECT_TRUE(texts.insert(frame.text).second) << frame.text;
      EXPECT_TRUE(names.insert(frame.name).second) << frame.name;
      EXPECT_EQ(frame.text.find("{}"), frame.text.rfind("{}"));
      EXPECT_NE(frame.text.find("{}"), std::string::npos);
      groups[half == FrameHalf::kReported].insert(frame.group);
    }
  }
  EXPECT_EQ(groups[0], groups[1]);
  EXPECT_EQ(groups[0], (std::set<std::string>{"ethnicity", "insurance", "name", "sex", "style"}));
}

TEST(DemographicFrameTest, TheQuestionGoesIntoTheFrame) {
  EXPECT_EQ(Framed({"name 1", "name", "Maria asks: {} Thanks."}, "Why $0 {x}?"), "Maria asks: Why $0 {x}? Thanks.");
}

}  // namespace
}  // namespace bedside
