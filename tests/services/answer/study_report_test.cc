#include "services/answer/study_report.h"

#include <gmock/gmock.h>

#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {
namespace {

using ::testing::_;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<bool> Findings(const std::vector<absl::string_view>& sentences, ReportPart part = ReportPart::kWhole) {
  return FindingsOfReport(sentences, part);
}

TEST(StudyReportTest, ResultsBeginWithTheFirstThatIsReportedBehindAimOrMethod) {
  EXPECT_THAT(Findings({"Low back pain is common.", "Exercise has been recommended for it.",
                        "The aim of this study was to compare yoga with walking.",
                        "Eighty adults were randomly assigned to one of them.", "Pain was scored after twelve weeks.",
                        "Pain was significantly lower with yoga (p < 0.05).", "No adverse events occurred.",
                        "Yoga is an option for adults with back pain."}),
              ElementsAre(false, false, false, false, false, true, true, true));
}

TEST(StudyReportTest, BackgroundThatReportsAResultIsBackground) {
  EXPECT_THAT(Findings({"We found in an earlier trial that statins help.", "Records of 40 patients were reviewed.",
                        "They took the drug for a year.", "The data showed no effect."}),
              ElementsAre(false, false, false, true));
}

TEST(StudyReportTest, MethodsAmongTheResultsAreNoFindings) {
  EXPECT_THAT(
      Findings({"Falls are frequent among residents of nursing homes.",
                "The aim of this study was to assess whether a review of medicines lowers their number.",
                "Twelve homes with 412 residents were randomly allocated to a review or to usual care.",
                "Falls were recorded by the staff for six months.", "Of 412 residents, 380 (92%) completed the study.",
                "Residents took significantly fewer medicines after the review (p < 0.01).",
                "The number of falls was similar in both groups.",
                "Adherence was assessed using a questionnaire that was completed by the nurses.",
                "There was no significant difference in quality of life between the groups.",
                "A review lowers the number of medicines, but not that of falls."}),
      ElementsAre(false, false, false, false, _, true, true, false, true, true));
}

TEST(StudyReportTest, WithoutAReportedResultFindingsFollowTheLastMethod) {
  EXPECT_THAT(Findings({"Ticks carry the disease.", "Twelve dogs were examined.", "Blood was collected from each.",
                        "All dogs carried the parasite."}),
              ElementsAre(false, false, false, true));
}

TEST(StudyReportTest, ACountIsAResultBehindAMethodOnly) {
  EXPECT_THAT(Findings({"The aim was to learn how often ticks bite.", "Most of the bites are in May.",
                        "Records of 40 farms were reviewed.", "Most of the bites were in June.",
                        "The disease followed in 12 %."}),
              ElementsAre(false, false, false, true, true));
}

TEST(StudyReportTest, WhatTellsNoAimOrMethodIsNoReport) {
  EXPECT_THAT(Findings({"Give aspirin early.", "Check the renal function.", "Stop it before surgery.",
                        "Restart it on the next day."}),
              Each(true));
}

TEST(StudyReportTest, AFewSentencesAreNoReport) {
  EXPECT_THAT(Findings({"Twelve dogs were examined.", "All carried the parasite.", "None was ill."}), Each(true));
  EXPECT_THAT(Findings({}), IsEmpty());
}

TEST(StudyReportTest, AProtocolHasNoFindings) {
  EXPECT_THAT(Findings({"Chronic pain is common in older adults.", "Few trials of yoga have been conducted.",
                        "This study aims to determine whether yoga reduces pain.",
                        "A total of 120 adults aged 65 years or older will be randomised to yoga or walking.",
                        "Pain will be measured using a visual analogue scale at baseline and at 12 weeks.",
                        "The primary outcome is the change in pain.",
                        "Data will be analysed by intention to treat using linear models."}),
              Each(false));
}

TEST(StudyReportTest, StatementsAreNoReport) {
  EXPECT_THAT(Findings({"Adults with asthma should receive an inhaled corticosteroid.",
                        "If symptoms persist after three months, add a long-acting beta agonist.",
                        "Inhaler technique should be checked at every visit.",
                        "Do not use a long-acting beta agonist without a corticosteroid.",
                        "Refer patients who had two exacerbations within a year.",
                        "Smoking cessation is recommended for all."}),
              Each(true));
}

TEST(StudyReportTest, AMethodAloneIsNoFinding) {
  EXPECT_THAT(Findings({"Serum levels were measured using an enzyme-linked immunosorbent assay.",
                        "Levels were higher in patients with sepsis than in controls."}),
              ElementsAre(false, true));
}

// Of a protocol of a hospital or a monograph.
TEST(StudyReportTest, DosesAndContraindicationsBesideWhatIsMeasuredAreKept) {
  const std::vector<absl::string_view> monograph = {
      "Methotrexate is contraindicated in pregnancy.", "The dose is 15 mg once a week.",
      "Full blood count is measured each month.", "Liver function is assessed every three months.",
      "Folic acid 5 mg is given once a week."};
  const std::vector<absl::string_view> protocol = {
      "Alteplase is contraindicated within 14 days of major surgery.", "Patients are assessed using the NIHSS.",
      "Blood pressure is measured every 15 minutes.", "Alteplase 0.9 mg/kg is used.", "Give 10 % as a bolus."};
  for (const ReportPart part : {ReportPart::kWhole, ReportPart::kParagraph}) {
    EXPECT_TRUE(Findings(monograph, part)[0]);
    EXPECT_TRUE(Findings(monograph, part)[1]);
    EXPECT_TRUE(Findings(protocol, part)[0]);
  }
  EXPECT_THAT(Findings(monograph, ReportPart::kParagraph), Each(true));
}

TEST(StudyReportTest, WhatSomethingIsForIsNoAim) {
  for (const char* statement :
       {"To treat status epilepticus, lorazepam 4 mg is used.",
        "To stop bleeding, apply firm but gentle pressure, using gauze.",
        "To prevent relapse, prednisolone 40 mg is used for 6 weeks and then tapered.",
        "To prevent hypertensive crisis, all patients who received an MAO inhibitor must stop it 14 days before "
        "surgery."}) {
    EXPECT_THAT(Findings({statement}), ElementsAre(true)) << statement;
  }
  EXPECT_THAT(Findings({"To assess whether lorazepam stops seizures, records of 40 patients were reviewed."}),
              ElementsAre(false));
}

TEST(StudyReportTest, WhatWillHappenToPatientsIsNoPlanOfAStudy) {
  for (const char* statement : {"Bleeding will be followed by hypotension and must be treated at once.",
                                "Gastrointestinal bleeding will be reported by 5 % of patients on warfarin."}) {
    EXPECT_THAT(Findings({statement}), ElementsAre(true)) << statement;
  }
}

TEST(StudyReportTest, AMethodIsNoFindingForStandingLast) {
  const std::vector<bool> findings = Findings(
      {"Patients were randomised to apixaban or placebo.",
       "Three patients in the apixaban group died of intracranial haemorrhage.", "Recruitment was stopped for safety.",
       "Major bleeding was recorded in 15 of 200 patients.", "Efficacy was assessed using the NIHSS."});
  EXPECT_FALSE(findings.back());
}

TEST(StudyReportTest, DosesInAReportAreKept) {
  for (const char* dose :
       {"The daily dose is 5 mg.", "The daily dose is 5mg.", "The dose is halved in severe renal impairment."}) {
    EXPECT_TRUE(
        Findings({"The aim of this study was to assess the risk of bleeding.", "Records of 40 patients were reviewed.",
                  "The drugs were taken for a year.", dose, "Bleeding occurred in three patients (8%)."})[3])
        << dose;
  }
}

TEST(StudyReportTest, AdviceBehindTheAimOfAReportIsKept) {
  EXPECT_TRUE(Findings({"The aim of this study was to assess the risk of rhabdomyolysis.",
                        "Records of 40 patients were reviewed.", "The drugs were taken for a year.",
                        "Simvastatin 80 mg should not be combined with amiodarone.",
                        "Rhabdomyolysis occurred in three patients (8%)."})[3]);
}

// The study may refute it.
TEST(StudyReportTest, AdviceBeforeTheStudyOfAReportIsBackground) {
  for (const char* aim : {"We aimed to assess carvedilol in patients with decompensated heart failure.",
                          "Carvedilol was compared with placebo in 400 patients.",
                          "The purpose of this study was to assess carvedilol in decompensated heart failure.",
                          "To assess carvedilol there, we reviewed the records of 40 patients."}) {
    const std::vector<bool> findings = Findings(
        {"Beta-blockers are contraindicated in decompensated heart failure.", aim, "Patients were randomly assigned.",
         "Death was recorded for a year.", "Mortality was significantly lower with carvedilol (p < 0.01)."});
    EXPECT_FALSE(findings[0]) << aim;
    EXPECT_TRUE(findings[4]) << aim;
  }
}

TEST(StudyReportTest, AdviceBehindTheFirstAimOrResultIsNoBackgroundOfAnother) {
  EXPECT_TRUE(Findings(
      {"We compared apixaban with warfarin in 120 patients.",
       "Bleeding was significantly lower with apixaban (p < 0.01).", "Apixaban must not be given with ketoconazole.",
       "In a second study, we assessed adherence using a questionnaire.", "Adherence was similar in both groups."})[2]);
}

TEST(StudyReportTest, AdviceBeforeWhatHappenedIsKept) {
  EXPECT_TRUE(Findings({"Ceftriaxone must not be given with calcium-containing solutions in neonates.",
                        "A 3-day-old boy was given both through one line.", "Precipitates were found in the lungs.",
                        "Blood was taken for cultures.", "He died on the next day."})[0]);
  EXPECT_TRUE(Findings({"Methotrexate for arthritis must be taken once a week, and must not be taken every day.",
                        "We review the case of a 68-year-old woman who was admitted with ulcers of the mouth.",
                        "Her blood count was measured daily and compared with that of the week before.",
                        "Pancytopenia was found.", "She recovered with folinic acid."})[0]);
}

// What is done each time, and what a treatment is to reach, is no study.
TEST(StudyReportTest, AdviceBeforeAGoalOfTreatmentIsKept) {
  EXPECT_TRUE(Findings({"Thrombolysis is contraindicated within 14 days of major surgery.",
                        "The goal is to treat within 60 minutes.", "Patients are assessed using the NIHSS.",
                        "Blood pressure is measured every 15 minutes.", "Alteplase 0.9 mg/kg is used."})[0]);
}

TEST(StudyReportTest, AdviceThatIsDoubtedOrOfOthersIsBackground) {
  for (const char* background : {"It is unclear how long anticoagulation should be given.",
                                 "Current guidelines state that nitrates should be avoided.",
                                 "The dose is an important predictor of the outcome."}) {
    EXPECT_FALSE(Findings({background, "The aim of this study was to assess the risk of bleeding.",
                           "Records of 40 patients were reviewed.", "The drugs were taken for a year.",
                           "Bleeding occurred in three patients (8%)."})[0])
        << background;
  }
}

TEST(StudyReportTest, InOneParagraphOfSeveralPlacesTellNothing) {
  const std::vector<absl::string_view> discussion = {
      "Mortality fell by a third in both groups.", "This agrees with an earlier trial.",
      "Patients were randomly assigned there as well.", "We assessed death alone.",
      "Bleeding was more frequent with the higher dose."};
  const std::vector<bool> findings = Findings(discussion, ReportPart::kParagraph);
  EXPECT_TRUE(findings[0]);
  EXPECT_TRUE(findings[4]);
}

}  // namespace
}  // namespace bedside
