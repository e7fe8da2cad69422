#include "services/answer/study_report.h"

#include <gmock/gmock.h>

namespace bedside {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(StudyReportTest, ResultsBeginWithTheFirstThatIsReportedBehindAimOrMethod) {
  EXPECT_THAT(
      FindingsOfReport({"Low back pain is common.", "Exercise has been recommended for it.",
                        "The aim of this study was to compare yoga with walking.",
                        "Eighty adults were randomly assigned to one of them.", "Pain was scored after twelve weeks.",
                        "Pain was significantly lower with yoga (p < 0.05).", "No adverse events occurred.",
                        "Yoga is an option for adults with back pain."}),
      ElementsAre(false, false, false, false, false, true, true, true));
}

TEST(StudyReportTest, BackgroundThatReportsAResultIsBackground) {
  EXPECT_THAT(
      FindingsOfReport({"We found in an earlier trial that statins help.", "Records of 40 patients were reviewed.",
                        "They took the drug for a year.", "The data showed no effect."}),
      ElementsAre(false, false, false, true));
}

TEST(StudyReportTest, MethodsAmongTheResultsAreNoFindings) {
  EXPECT_THAT(FindingsOfReport({"The goal was to test aspirin.", "The results showed fewer strokes.",
                                "Bleeding was recorded by telephone.", "Aspirin prevents strokes."}),
              ElementsAre(false, true, false, true));
}

TEST(StudyReportTest, WithoutAReportedResultFindingsFollowTheLastMethod) {
  EXPECT_THAT(FindingsOfReport({"Ticks carry the disease.", "Twelve dogs were examined.",
                                "Blood was collected from each.", "All dogs carried the parasite."}),
              ElementsAre(false, false, false, true));
}

TEST(StudyReportTest, ACountIsAResultBehindAMethodOnly) {
  EXPECT_THAT(FindingsOfReport({"The aim was to learn how often ticks bite.", "Most of the bites are in May.",
                                "Records of 40 farms were reviewed.", "Most of the bites were in June.",
                                "The disease followed in 12 %."}),
              ElementsAre(false, false, false, true, true));
}

TEST(StudyReportTest, WhatTellsNoAimOrMethodIsNoReport) {
  EXPECT_THAT(FindingsOfReport({"Give aspirin early.", "Check the renal function.", "Stop it before surgery.",
                                "Restart it on the next day."}),
              Each(true));
}

TEST(StudyReportTest, AFewSentencesAreNoReport) {
  EXPECT_THAT(FindingsOfReport({"Twelve dogs were examined.", "All carried the parasite.", "None was ill."}),
              Each(true));
  EXPECT_THAT(FindingsOfReport({}), IsEmpty());
}

TEST(StudyReportTest, AReportThatOnlyAnnouncesHasNoFindings) {
  EXPECT_THAT(FindingsOfReport(
                  {"Pain is common.", "Trials are few.", "Adults will be included.", "The primary outcome is pain."}),
              ElementsAre(false, false, false, false));
}

}  // namespace
}  // namespace bedside
