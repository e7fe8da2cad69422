#include "services/answer/subject.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/query/other_names.h"
#include "tests/fakes/fake_evidence_source.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;

class SubjectTest : public testing::Test {
 protected:
  std::vector<bool> SpokenOfIn(absl::string_view question, const std::vector<std::string>& passages) {
    std::vector<EvidencePassage> evidence;
    for (const std::string& text : passages) evidence.push_back(EvidenceBuilder("d", "T").Paragraph(text).Build());
    return Subject(analyzer_.get(), question, counts_).SpokenOfIn(evidence);
  }

  bool IsIn(absl::string_view question, const EvidencePassage& evidence) {
    return Subject(analyzer_.get(), question, counts_).SpokenOfIn({evidence})[0];
  }

  bool IsIn(absl::string_view question, const std::string& text) { return SpokenOfIn(question, {text})[0]; }

  std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
  TermCounts counts_;
};

TEST_F(SubjectTest, AnotherDrugIsNotTheSubject) {
  EXPECT_FALSE(IsIn("At which eGFR should dapagliflozin be stopped?", "Stop metformin when the eGFR is below 30."));
  EXPECT_TRUE(IsIn("At which eGFR should metformin be stopped?", "Stop metformin when the eGFR is below 30."));
}

TEST_F(SubjectTest, AnotherDiseaseIsNotTheSubject) {
  EXPECT_FALSE(IsIn("Does vitamin C help in burns?", "Vitamin C did not lower mortality in septic shock."));
  EXPECT_FALSE(IsIn("How should viral bronchitis be treated?", "Bronchiolitis: viral testing is not needed."));
  EXPECT_FALSE(IsIn("What is the dose of digoxin in heart failure?", "Amoxicillin 2 g before the procedure."));
}

TEST_F(SubjectTest, OtherPeopleAreNotTheSubject) {
  EXPECT_FALSE(IsIn("What is the blood pressure target for children?", "The blood pressure target is 130 in adults."));
  EXPECT_FALSE(IsIn("What is the HbA1c target in pregnancy?", "The HbA1c target is below 7% in general."));
  EXPECT_TRUE(IsIn("What is the HbA1c target in pregnancy?", "The HbA1c target in pregnant women is below 6%."));
}

TEST_F(SubjectTest, WordsThatAskAndWordsOfAnyClinicalTextAreNoSubject) {
  EXPECT_TRUE(IsIn("What is the best treatment recommended for patients?", "Something else."));
  EXPECT_TRUE(IsIn("?", "Something else."));
  EXPECT_TRUE(IsIn("What is the maximum daily dose of metformin?", "Metformin 2 g."));
}

TEST_F(SubjectTest, WordsOfWhomAndHowOneAsksAreNoSubjectEvenWhereTheCorpusLacksThem) {
  counts_ = {1000,
             {{"you", 0},
              {"my", 0},
              {"i", 0},
              {"he", 0},
              {"old", 0},
              {"72", 0},
              {"man", 0},
              {"7", 0},
              {"72year", 0},
              {"discontinu", 0},
              {"withhold", 0},
              {"ideal", 0},
              {"kid", 0},
              {"72yearold", 0}}};
  EXPECT_TRUE(IsIn("How do you treat anaphylaxis?", "Anaphylaxis: give adrenaline."));
  EXPECT_TRUE(
      IsIn("My patient has anaphylaxis. What dose of adrenaline should I give him?", "Anaphylaxis: give adrenaline."));
  EXPECT_TRUE(IsIn("Can metformin be used in a 72-year-old with eGFR 40?", "Metformin by eGFR."));
  EXPECT_TRUE(IsIn("Which drug for a 78-year-old man with atrial fibrillation?", "Drugs in atrial fibrillation."));
  EXPECT_TRUE(IsIn("Which molecule is targeted by caplacizumab?", "Caplacizumab targets von Willebrand factor."));
  EXPECT_TRUE(IsIn("When should metformin be discontinued or withheld?", "Stop metformin."));
}

TEST_F(SubjectTest, EachOfUpToThreePartsIsNeeded) {
  const char* question = "Which benzodiazepine is preferred in alcohol withdrawal?";
  EXPECT_FALSE(IsIn(question, "A benzodiazepine is preferred in stimulant withdrawal."));
  EXPECT_TRUE(IsIn(question, "A benzodiazepine is preferred in withdrawal from alcohol."));
}

TEST_F(SubjectTest, WordsOfAnyDiseaseOrDrugMayBeLackingInALongQuestion) {
  EXPECT_TRUE(IsIn("Does colchicine prevent another episode of gout after joint surgery?",
                   "Colchicine prevents gout after joint surgery."));
  EXPECT_FALSE(IsIn("Does acetaminophen prevent another episode of gout after joint surgery?",
                    "Colchicine prevents another episode of gout after joint surgery."));
  EXPECT_TRUE(IsIn("What is the target blood pressure in hypertension?", "The blood pressure target is 130."));
}

TEST_F(SubjectTest, SpellingAndInflectionDoNotMatter) {
  EXPECT_TRUE(IsIn("How is haemorrhage treated?", "Treating hemorrhages."));
  EXPECT_TRUE(IsIn("How is esophageal edema treated?", "Oesophageal oedema is treated."));
  EXPECT_TRUE(IsIn("Which tumor?", "A tumour."));
  EXPECT_TRUE(IsIn("How is Wilson's disease treated?", "Wilson disease."));
  EXPECT_TRUE(IsIn("How is community-acquired sepsis treated?", "Sepsis acquired in the community."));
}

TEST_F(SubjectTest, OtherNamesOfOneThingAreTheSame) {
  EXPECT_TRUE(IsIn("How is a heart attack treated?", "Myocardial infarction is treated."));
  EXPECT_TRUE(IsIn("Is acetaminophen safe?", "Paracetamol is safe."));
  EXPECT_TRUE(IsIn("Is COPD common?", "Chronic obstructive pulmonary disease is common."));
  EXPECT_TRUE(IsIn("type 2 diabetes", "T2DM"));
  EXPECT_FALSE(IsIn("type 2 diabetes", "Type 1 diabetes"));
}

TEST_F(SubjectTest, NamesOfOneThingDoNotMakeItAnother) {
  for (const absl::string_view names : OtherNames()) {
    EXPECT_EQ(names.find("||"), absl::string_view::npos) << names;
    EXPECT_NE(names.find('|'), absl::string_view::npos) << names << " has one name only";
  }
  EXPECT_FALSE(IsIn("Is salbutamol safe in asthma and eczema?", "Asthma and eczema are common."))
      << "a known name is needed whatever else is held";
}

TEST_F(SubjectTest, SingleCharactersMakeAnotherThingOfTheWordBefore) {
  EXPECT_FALSE(IsIn("Is vitamin D helpful?", "Vitamin C is helpful."));
  EXPECT_FALSE(IsIn("Is stage 4 melanoma curable?", "Stage 1 melanoma is curable."));
  EXPECT_TRUE(IsIn("Is metformin 8 helpful?", "Metformin helps.")) << "a number is no name";
}

TEST_F(SubjectTest, TitleHeadingsTagsAndConditionsCount) {
  EvidenceBuilder title("d", "Gout");
  EXPECT_TRUE(IsIn("How is gout treated?", title.Paragraph("Give colchicine.").Build()));
  EXPECT_TRUE(IsIn("How is gout treated?", EvidenceBuilder("d", "T").Heading("Gout").Paragraph("Rest.").Build()));
  EvidenceBuilder tagged("d", "T");
  tagged.Paragraph("Give colchicine.").document().add_tags("gout");
  EXPECT_TRUE(IsIn("How is gout treated?", tagged.Build()));
  EvidenceBuilder condition("d", "T");
  condition.Paragraph("Give colchicine.").document().add_conditions("gout");
  EXPECT_TRUE(IsIn("How is gout treated?", condition.Build()));
}

TEST_F(SubjectTest, TextThatMayNotBeShownDoesNotCount) {
  EvidenceBuilder cut("d", "T");
  cut.Paragraph("Give it early. Gout is painful.").document().mutable_rights()->set_max_words(3);
  EXPECT_FALSE(IsIn("How is gout treated?", cut.Build()));
}

TEST_F(SubjectTest, RareWordsWeighMoreThanCommonOnes) {
  const char* question = "Does colchicine prevent pericardial recurrence after surgery?";
  EXPECT_TRUE(IsIn(question, "Pericardial recurrence after surgery is common."));
  counts_ = {1000, {{"colchicin", 2}, {"pericardi", 300}, {"recurr", 300}, {"surgeri", 300}}};
  EXPECT_FALSE(IsIn(question, "Pericardial recurrence after surgery is common."));
  EXPECT_TRUE(IsIn(question, "Colchicine after surgery."));
}

TEST_F(SubjectTest, WordThatTheCorpusLacksLeavesNothingToAnswerFrom) {
  const char* question = "Does colchicine prevent pericardial recurrence after surgery?";
  counts_ = {1000, {{"colchicin", 0}, {"pericardi", 3}, {"recurr", 3}, {"surgeri", 3}}};
  EXPECT_FALSE(IsIn(question, "Pericardial recurrence after surgery is common."));
}

TEST_F(SubjectTest, PassageThatHoldsMuchLessThanTheBestDoesNotSpeakOfIt) {
  EXPECT_THAT(SpokenOfIn("Does colchicine prevent pericardial recurrence after surgery?",
                         {"Colchicine and surgery.", "Colchicine prevents pericardial recurrence after surgery."}),
              ElementsAre(false, true));
  EXPECT_THAT(SpokenOfIn("Does colchicine prevent pericardial recurrence after surgery?", {"Colchicine and surgery."}),
              ElementsAre(true));
}

}  // namespace
}  // namespace bedside
