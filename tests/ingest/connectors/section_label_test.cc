#include "ingest/connectors/section_label.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(SectionLabelTest, FollowsTheDeclaredType) {
  EXPECT_EQ(SectionLabel("materials|methods", "What we did"), "METHODS");
  EXPECT_EQ(SectionLabel("intro", ""), "BACKGROUND");
  EXPECT_EQ(SectionLabel("cases", "Results"), "CASES");
}

TEST(SectionLabelTest, FollowsTheHeadingOtherwise) {
  EXPECT_EQ(SectionLabel("", "2.1 Patients and Methods"), "METHODS");
  EXPECT_EQ(SectionLabel("", "METHODS AND FINDINGS"), "RESULTS");
  EXPECT_EQ(SectionLabel("", "Results and discussion"), "RESULTS");
  EXPECT_EQ(SectionLabel("", "Aim:"), "OBJECTIVE");
}

TEST(SectionLabelTest, SaysNothingWhereTheHeadingSaysMore) {
  EXPECT_EQ(SectionLabel("", "Results of earlier trials"), "");
  EXPECT_EQ(SectionLabel("", "The study"), "");
  EXPECT_EQ(SectionLabel("", ""), "");
  EXPECT_EQ(SectionLabel("", "結果"), "");
}

}  // namespace
}  // namespace bedside
