#include "services/answer/study_report.h"

#include <gmock/gmock.h>

namespace bedside {
namespace {

using ::testing::_;
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
  EXPECT_THAT(
      FindingsOfReport({"Falls are frequent among residents of nursing homes.",
                        "The aim of this study was to assess whether a review of medicines lowers their number.",
                        "Twelve homes with 412 residents were randomly allocated to a review or to usual care.",
                        "Falls were recorded by the staff for six months.",
                        "Of 412 residents, 380 (92%) completed the study.",
                        "Residents took significantly fewer medicines after the review (p < 0.01).",
                        "The number of falls was similar in both groups.",
                        "Adherence was assessed using a questionnaire that was completed by the nurses.",
                        "There was no significant difference in quality of life between the groups.",
                        "A review lowers the number of medicines, but not that of falls."}),
      ElementsAre(false, false, false, false, _, true, true, false, true, true));
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

TEST(StudyReportTest, AProtocolHasNoFindings) {
  EXPECT_THAT(FindingsOfReport({"Chronic pain is common in older adults.", "Few trials of yoga have been conducted.",
                                "This study aims to determine whether yoga reduces pain.",
                                "A total of 120 adults aged 65 years or older will be randomised to yoga or walking.",
                                "Pain will be measured using a visual analogue scale at baseline and at 12 weeks.",
                                "The primary outcome is the change in pain.",
                                "Data will be analysed by intention to treat using linear models."}),
              Each(false));
}

TEST(StudyReportTest, StatementsAreNoReport) {
  EXPECT_THAT(FindingsOfReport({"Adults with asthma should receive an inhaled corticosteroid.",
                                "If symptoms persist after three months, add a long-acting beta agonist.",
                                "Inhaler technique should be checked at every visit.",
                                "Do not use a long-acting beta agonist without a corticosteroid.",
                                "Refer patients who had two exacerbations within a year.",
                                "Smoking cessation is recommended for all."}),
              Each(true));
}

TEST(StudyReportTest, AMethodAloneIsNoFinding) {
  EXPECT_THAT(FindingsOfReport({"Serum levels were measured using an enzyme-linked immunosorbent assay.",
                                "Levels were higher in patients with sepsis than in controls."}),
              ElementsAre(false, true));
}

}  // namespace
}  // namespace bedside
