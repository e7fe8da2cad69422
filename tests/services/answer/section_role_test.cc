#include "services/answer/section_role.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace bedside {
namespace {

SectionRole Role(const std::string& label, const std::vector<std::string>& headings = {}) {
  storage::Passage passage;
  passage.set_section_label(label);
  for (const std::string& heading : headings) passage.add_heading_path(heading);
  return RoleOf(passage);
}

TEST(SectionRoleTest, LabelsOfAbstractsAreKnown) {
  for (const char* label : {"RESULTS", "CONCLUSIONS", "MAIN RESULTS", "FINDINGS", "INTERPRETATION"}) {
    EXPECT_EQ(Role(label), SectionRole::kFinding) << label;
  }
  for (const char* label :
       {"BACKGROUND", "OBJECTIVE", "METHODS", "AIMS", "PATIENTS AND METHODS", "HYPOTHESIS", "HYPOTHESES", "PURPOSES",
        "STUDY SAMPLE", "POPULATION", "MAIN OUTCOME MEASURES", "DATA SOURCES", "Trial registration", "END POINT"}) {
    EXPECT_EQ(Role(label), SectionRole::kNoFinding) << label;
  }
  for (const char* label : {"", "DISCUSSION", "METHODS AND RESULTS", "SOMETHING ELSE"}) {
    EXPECT_EQ(Role(label), SectionRole::kNeutral) << label;
  }
}

TEST(SectionRoleTest, HeadingsDecideWhereTheLabelSaysNothing) {
  EXPECT_EQ(Role("", {"Key Recommendations", "Aspirin"}), SectionRole::kFinding);
  EXPECT_EQ(Role("", {"2.1. Introduction:"}), SectionRole::kNoFinding);
  EXPECT_EQ(Role("", {"Older patients", "Interventions"}), SectionRole::kNeutral);
  EXPECT_EQ(Role("RESULTS", {"Background"}), SectionRole::kFinding);
  EXPECT_EQ(Role("", {"Related ASH SCD Guidelines"}), SectionRole::kNoFinding);
  EXPECT_EQ(Role("", {"Related conditions"}), SectionRole::kNeutral);
}

TEST(SectionRoleTest, WhatLiesBelowMethodsHoldsNoFindings) {
  EXPECT_EQ(Role("", {"Methods", "Results of the search"}), SectionRole::kNoFinding);
  EXPECT_EQ(Role("", {"Results", "References"}), SectionRole::kNoFinding);
}

TEST(SectionRoleTest, LabelsInsideAParagraphAreKnown) {
  for (const char* sentence :
       {"BACKGROUND: Aspirin helps.", "OBJECT: To compare.", "Background: Aspirin helps.", "AIM To compare two drugs.",
        "INTRODUCTION Aspirin helps.", "Materials and Methods: Adults were studied.",
        "PATIENTS AND METHODS We studied adults.", "<b>INTRODUCTION</b>: It is common."}) {
    EXPECT_EQ(RoleOfInlineLabel(sentence), SectionRole::kNoFinding) << sentence;
  }
  for (const char* sentence :
       {"RESULTS: Aspirin helps.", "Conclusion: Aspirin helps.", "INTERPRETATION Aspirin helps."}) {
    EXPECT_EQ(RoleOfInlineLabel(sentence), SectionRole::kFinding) << sentence;
  }
  for (const char* sentence : {"DISCUSSION: Aspirin helps.", "METHODS AND RESULTS: Aspirin helped."}) {
    EXPECT_EQ(RoleOfInlineLabel(sentence), SectionRole::kNeutral) << sentence;
  }
  for (const char* sentence : {"Background mortality is low.", "Methods differ.", "AIMS65 predicts mortality.",
                               "PATIENTS with stroke: give aspirin.", "Aspirin: helps.", "FDA approved it.", ""}) {
    EXPECT_EQ(RoleOfInlineLabel(sentence), absl::nullopt) << sentence;
  }
}

TEST(SectionRoleTest, GenericHeadingsNameNoTopic) {
  EXPECT_TRUE(IsGenericHeading("Key points"));
  EXPECT_TRUE(IsGenericHeading("2. Recommendations:"));
  EXPECT_FALSE(IsGenericHeading("Recommendations for children"));
  EXPECT_FALSE(IsGenericHeading(""));
}

}  // namespace
}  // namespace bedside
