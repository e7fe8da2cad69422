#include "services/answer/grounding.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/fakes/fake_evidence_source.h"

namespace bedside {
namespace {

class GroundingTest : public testing::Test {
 protected:
  bool Supports(const std::string& sentence, const std::vector<int>& numbers) {
    return Grounding(analyzer_.get(), *splitter_, evidence_).Supports({sentence, numbers});
  }

  static std::vector<EvidencePassage> Evidence() {
    EvidenceBuilder guideline("guideline", "Management of acute stroke");
    guideline.document().set_publisher("Example Society");
    guideline.document().mutable_publication_date()->set_year(2021);
    guideline.Heading("Thrombolysis")
        .Paragraph("Give aspirin 300 mg within 48 hours. Delay it for 24 hours after alteplase.")
        .Status(v1::DOCUMENT_STATUS_SUPERSEDED);
    return {guideline.Build(),
            EvidenceBuilder("trial", "A trial").Paragraph("Mortality fell from 1,200 to 3.9 deaths.").Build()};
  }

  std::vector<EvidencePassage> evidence_ = Evidence();
  std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
  std::unique_ptr<SentenceSplitter> splitter_ = *SentenceSplitter::Create();
};

EvidencePassage Metformin() {
  return EvidenceBuilder("metformin", "Metformin and kidney function")
      .Heading("Dose by eGFR")
      .Item("Metformin is contraindicated when eGFR is below 30 mL/min/1.73 m².")
      .Item("When eGFR falls to between 30 and 44 mL/min, reduce metformin to at most 1,000 mg a day.")
      .Build();
}

TEST_F(GroundingTest, SentenceOfThePassageIsSupported) {
  EXPECT_TRUE(Supports("Give aspirin 300 mg within 48 hours.", {1}));
  EXPECT_TRUE(Supports("Aspirin should be delayed for 24 hours after thrombolysis.", {1}));
}

TEST_F(GroundingTest, EveryNumberMustStandInWhatIsCited) {
  EXPECT_FALSE(Supports("Give aspirin 160 mg within 48 hours.", {1}));
  EXPECT_FALSE(Supports("Give aspirin 300 mg within 4 hours.", {1}));
  EXPECT_FALSE(Supports("Give aspirin 300 mg within 4.8 hours.", {1}));
  EXPECT_TRUE(Supports("Mortality fell from 1200 deaths.", {2}));
  EXPECT_FALSE(Supports("Mortality fell from 1.200 deaths.", {2}));
}

TEST_F(GroundingTest, OnlyThePassagesThatAreCitedCount) {
  EXPECT_FALSE(Supports("Give aspirin within 48 hours.", {2}));
  EXPECT_FALSE(Supports("Mortality fell to 3.9 after aspirin 300 mg.", {2}));
  EXPECT_TRUE(Supports("Mortality fell to 3.9 after aspirin 300 mg.", {1, 2}));
}

TEST_F(GroundingTest, EveryWordThatSaysSomethingMustStandThere) {
  evidence_ = {Metformin()};
  EXPECT_TRUE(Supports("It is recommended that patients reduce metformin when eGFR falls to 30 to 44 mL/min.", {1}));
  EXPECT_FALSE(Supports("Reduce dapagliflozin when eGFR falls to between 30 and 44 mL/min.", {1}));
  EXPECT_FALSE(Supports("When eGFR falls to between 30 and 44 mL/min, increase metformin.", {1}));
  EXPECT_FALSE(Supports("Metformin is safe when eGFR is below 30 mL/min.", {1})) << "a claim, however common its word";
  EXPECT_FALSE(Supports("When eGFR falls to between 30 and 44 mL/min, reduce metformin twice.", {1}));
  EXPECT_TRUE(Supports("Reduce metformin at reduced-eGFR 30 to 44 mL/min.", {1})) << "a compound of its words";
  evidence_ = {EvidenceBuilder("d", "T").Paragraph("Give blood in haemorrhage.").Build()};
  EXPECT_TRUE(Supports("Give blood in hemorrhage.", {1}));
}

TEST_F(GroundingTest, EachOfTheWordsThatAreRunTogetherMustStandThere) {
  evidence_ = {Metformin()};
  for (const char* drugs : {"Warfarin+metformin", "Dapagliflozin,metformin", "Dapagliflozin, metformin",
                            "Warfarin—metformin", "Warfarin–metformin", "Warfarin-metformin", "Warfarin/metformin"}) {
    EXPECT_FALSE(Supports(absl::StrCat(drugs, " is contraindicated when eGFR is below 30 mL/min/1.73 m²."), {1}))
        << drugs;
  }
  EXPECT_TRUE(Supports("Metformin,eGFR—below 30 mL/min: contraindicated.", {1}));
  evidence_ = {EvidenceBuilder("d", "T").Paragraph("CD4+ cells and PD-L1 fall after co-trimoxazole.").Build()};
  EXPECT_TRUE(Supports("CD4+ cells (CD4) and PDL1 fall after co-trimoxazole.", {1}));
  EXPECT_FALSE(Supports("CD8+ cells and PD-L1 fall after co-trimoxazole.", {1}));
}

TEST_F(GroundingTest, NumberMustStandThereWithItsUnit) {
  evidence_ = {Metformin()};
  EXPECT_TRUE(Supports("Reduce metformin to at most 1000 milligrams a day.", {1}));
  EXPECT_FALSE(Supports("Reduce metformin to at most 1,000 g a day.", {1}));
}

TEST_F(GroundingTest, ComparisonMayNotBeTurnedRound) {
  evidence_ = {Metformin()};
  EXPECT_TRUE(Supports("Metformin is contraindicated when eGFR is < 30.", {1}));
  EXPECT_FALSE(Supports("Metformin is contraindicated when eGFR is > 30.", {1}));
}

TEST_F(GroundingTest, NegationMayNeitherBeLostNorAdded) {
  evidence_ = {Metformin()};
  EXPECT_TRUE(Supports("Metformin is contraindicated when eGFR is below 30 mL/min.", {1}));
  EXPECT_FALSE(Supports("Metformin is not contraindicated when eGFR is below 30 mL/min.", {1}));
  EXPECT_FALSE(Supports("When eGFR falls to between 30 and 44 mL/min, do not reduce metformin.", {1}));
  evidence_ = {EvidenceBuilder("d", "Migraine")
                   .Heading("Not recommended")
                   .Item("Ergotamine 2 mg by mouth at the onset")
                   .Item("Do not repeat ergotamine within a week")
                   .Build()};
  EXPECT_FALSE(Supports("Ergotamine 2 mg by mouth at the onset.", {1}));
  EXPECT_TRUE(Supports("Ergotamine 2 mg by mouth at the onset is not recommended.", {1}));
  EXPECT_TRUE(Supports("Do not repeat ergotamine within a week.", {1}));
}

TEST_F(GroundingTest, TitleOfTheSourceIsNoSentence) {
  EXPECT_FALSE(Supports("Management of acute stroke", {1}));
  EXPECT_FALSE(Supports("Management of acute stroke, Example Society 2021", {1}));
  EXPECT_TRUE(Supports("Thrombolysis: give aspirin 300 mg", {1}));
}

TEST_F(GroundingTest, HalfOfTheTermsMustStandThere) {
  EXPECT_FALSE(Supports("Patients are given adequate care and followed for results.", {1}));
  EXPECT_FALSE(Supports("Aspirin prevents pneumonia, sepsis and death.", {1}));
  EXPECT_FALSE(Supports("Warfarin helps.", {1}));
}

TEST_F(GroundingTest, WhatThePromptSaysOfTheSourceCounts) {
  EXPECT_TRUE(Supports("The superseded guidance of the Example Society from 2021 on stroke.", {1}));
}

TEST_F(GroundingTest, WhatTheRightsHideDoesNotCount) {
  EvidenceBuilder cut("cut", "T");
  cut.Paragraph("Give aspirin early. Mortality was lower with ticagrelor.")
      .document()
      .mutable_rights()
      ->set_max_words(3);
  evidence_ = {cut.Build()};
  EXPECT_TRUE(Supports("Give aspirin early.", {1}));
  EXPECT_FALSE(Supports("Mortality was lower with ticagrelor.", {1}));
}

TEST_F(GroundingTest, SentenceWithoutTermsIsNot) {
  EXPECT_FALSE(Supports("It is.", {1}));
  EXPECT_FALSE(Supports("", {1}));
}

}  // namespace
}  // namespace bedside
