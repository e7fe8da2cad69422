#include "services/grounding/grounding.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/answer/checked_evidence.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/fakes/fake_evidence_source.h"

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

class GroundingTest : public testing::Test {
 protected:
  bool Supports(const std::string& sentence, const std::vector<int>& numbers) {
    return Check(sentence, numbers).supported();
  }

  GroundingVerdict Check(const std::string& sentence, const std::vector<int>& numbers) {
    std::vector<GroundingSource> sources;
    for (const EvidencePassage& passage : evidence_) sources.push_back(SourceOf(passage));
    Grounding grounding(analyzer_.get(), *splitter_, embedder_, sources);
    const GroundingVerdict verdict = grounding.Check({{sentence, numbers}})[0];
    embedder_status_ = grounding.embedder_status();
    return verdict;
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
  const Embedder* embedder_ = nullptr;
  absl::Status embedder_status_;
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

// What was found, by kind.
std::vector<IssueKind> KindsOf(const GroundingVerdict& verdict) {
  std::vector<IssueKind> kinds;
  for (const GroundingIssue& issue : verdict.issues) kinds.push_back(issue.kind);
  return kinds;
}

EvidencePassage TwoDrugs() {
  return EvidenceBuilder("doses", "Doses of two drugs")
      .Paragraph(
          "Start metoprolol 25 mg twice daily and ramipril 5 mg once daily. In the trial, mortality was 12% with "
          "ticagrelor and 15% with clopidogrel. Apixaban is recommended for eGFR >=30 to <45 mL/min. It does not "
          "increase the risk of bleeding.")
      .Build();
}

TEST_F(GroundingTest, SaysWhichCheckFailedWithWhatItFoundAndWhere) {
  evidence_ = {TwoDrugs()};
  const std::string claim = "Start metoprolol 5 mg twice daily and ramipril 25 mg once daily.";
  const GroundingVerdict verdict = Check(claim, {1});
  ASSERT_THAT(KindsOf(verdict), ElementsAre(IssueKind::kBinding, IssueKind::kBinding));
  const GroundingIssue& issue = verdict.issues[0];
  EXPECT_EQ(claim.substr(issue.said.begin, issue.said.size()), "5 mg");
  EXPECT_EQ(issue.source, 1);
  EXPECT_EQ(evidence_[0].document->text().substr(issue.held.begin, issue.held.size()), "25 mg");
}

TEST_F(GroundingTest, NumberIsBoundToWhatItIsOf) {
  evidence_ = {TwoDrugs()};
  EXPECT_TRUE(Supports("In the trial, mortality was 12% with ticagrelor and 15% with clopidogrel", {1}));
  EXPECT_THAT(KindsOf(Check("In the trial, mortality was 15% with ticagrelor and 12% with clopidogrel.", {1})),
              Contains(IssueKind::kBinding));
  EXPECT_THAT(KindsOf(Check("In the trial, mortality was 12% with clopidogrel and 15% with ticagrelor.", {1})),
              Contains(IssueKind::kBinding));
  EXPECT_THAT(KindsOf(Check("Start metoprolol twice daily and ramipril 25 mg once daily.", {1})),
              Contains(IssueKind::kBinding))
      << "a dose that moved to the other drug";
}

TEST_F(GroundingTest, DoseIsBoundToItsDrugAcrossOtherDosesAndInListsWithSlashes) {
  evidence_ = {EvidenceBuilder("doses", "Doses")
                   .Paragraph("Metoprolol (0.25 mg/kg, max 25 mg) is an alternative to ramipril. The polypill has "
                              "atorvastatin 40 mg/ramipril 10 mg/aspirin 100 mg.")
                   .Build()};
  EXPECT_TRUE(Supports("Metoprolol (0.25 mg/kg, max 25 mg) is an alternative to ramipril.", {1}));
  EXPECT_THAT(KindsOf(Check("Metoprolol (0.25 mg/kg, max) is an alternative to ramipril 25 mg.", {1})),
              Contains(IssueKind::kBinding));
  EXPECT_TRUE(Supports("The polypill has atorvastatin 40 mg/ramipril 10 mg/aspirin 100 mg.", {1}));
  EXPECT_THAT(KindsOf(Check("The polypill has aspirin 40 mg/ramipril 10 mg/atorvastatin 100 mg.", {1})),
              Contains(IssueKind::kBinding));
}

// In a sentence that has the drug not at all, it may stand under another name; that does not outweigh one that has it.
TEST_F(GroundingTest, DoseIsBoundToItsDrugWhereverElseTheDoseStands) {
  evidence_ = {EvidenceBuilder("doses", "Doses")
                   .Paragraph("The polypill has atorvastatin 40mg/ramipril 10mg/aspirin 100mg. It was compared with "
                              "atorvastatin 40 mg alone, and then with ramipril 10 mg.")
                   .Build()};
  EXPECT_TRUE(Supports("The polypill has atorvastatin 40mg/ramipril 10mg/aspirin 100mg.", {1}));
  EXPECT_THAT(KindsOf(Check("The polypill has aspirin 40mg/ramipril 10mg/atorvastatin 100mg.", {1})),
              Contains(IssueKind::kBinding));
  EXPECT_THAT(KindsOf(Check("Aspirin 40 mg is in the polypill.", {1})), Contains(IssueKind::kBinding));
  evidence_ = {EvidenceBuilder("course", "A course")
                   .Paragraph("1 of two courses is given. Ceftriaxone 1 g/day IV (or ciprofloxacin) for 7 days.")
                   .Build()};
  EXPECT_TRUE(Supports("Ceftriaxone 1 g/day IV (or ciprofloxacin) for 7 days.", {1}));
  EXPECT_THAT(KindsOf(Check("Ceftriaxone IV (or ciprofloxacin 1 g/day) for 7 days.", {1})),
              Contains(IssueKind::kBinding))
      << "a number without a unit is no place of this dose";
}

TEST_F(GroundingTest, SaysWhatOfANumberIsWrong) {
  evidence_ = {TwoDrugs()};
  EXPECT_THAT(KindsOf(Check("Start metoprolol 26 mg twice daily.", {1})), ElementsAre(IssueKind::kNumber));
  EXPECT_THAT(KindsOf(Check("Start metoprolol 25 g twice daily.", {1})), ElementsAre(IssueKind::kUnit));
  EXPECT_THAT(KindsOf(Check("Apixaban is recommended for eGFR <=30 to <45 mL/min.", {1})),
              ElementsAre(IssueKind::kComparison));
}

TEST_F(GroundingTest, LabelsOfItemsAreNoNumbersOfTheSource) {
  evidence_ = {TwoDrugs()};
  EXPECT_TRUE(Supports("Start (1) metoprolol and (2) ramipril.", {1}));
  EXPECT_FALSE(Supports("Start (1) metoprolol and (3) ramipril.", {1}));
}

TEST_F(GroundingTest, DrugMayNotBeSwapped) {
  evidence_ = {TwoDrugs()};
  EXPECT_THAT(KindsOf(Check("Start atenolol 25 mg twice daily.", {1})), ElementsAre(IssueKind::kName));
  EXPECT_THAT(KindsOf(Check("Clopidogrel is recommended for eGFR >=30 to <45 mL/min.", {1})),
              Contains(IssueKind::kBinding))
      << "another drug of the same passage";
}

TEST_F(GroundingTest, NameMayBeAnotherOneOfTheSameThing) {
  evidence_ = {EvidenceBuilder("d", "T")
                   .Paragraph("Give acetaminophen in osteoporotic pain and ischemic heart "
                              "disease; chronic kidney disease needs less.")
                   .Build()};
  EXPECT_THAT(KindsOf(Check("Give paracetamol in pain.", {1})), Not(Contains(IssueKind::kName)));
  EXPECT_THAT(KindsOf(Check("Osteoporosis, CKD and ischaemia need less.", {1})), Not(Contains(IssueKind::kName)));
  EXPECT_THAT(KindsOf(Check("Hepatitis and COPD need less.", {1})), ElementsAre(IssueKind::kName, IssueKind::kName));
}

TEST_F(GroundingTest, DirectionAndNegationMustAgree) {
  evidence_ = {TwoDrugs()};
  EXPECT_TRUE(Supports("It does not increase the risk of bleeding.", {1}));
  EXPECT_THAT(KindsOf(Check("It does not decrease the risk of bleeding.", {1})), Contains(IssueKind::kDirection));
  EXPECT_THAT(KindsOf(Check("It does increase the risk of bleeding.", {1})), Contains(IssueKind::kNegation));
  EXPECT_THAT(KindsOf(Check("Apixaban is not recommended for eGFR >=30 to <45 mL/min.", {1})),
              Contains(IssueKind::kNegation));
  EXPECT_THAT(KindsOf(Check("Apixaban is contraindicated for eGFR >=30 to <45 mL/min.", {1})),
              Contains(IssueKind::kDirection));
}

TEST_F(GroundingTest, CitesTheSentenceThatCarriesTheClaim) {
  evidence_ = {TwoDrugs()};
  const GroundingVerdict verdict = Check("In the trial mortality was 12% with ticagrelor.", {1});
  EXPECT_TRUE(verdict.supported());
  ASSERT_EQ(verdict.spans.size(), 1u);
  EXPECT_EQ(evidence_[0].document->text().substr(verdict.spans[0].span.begin, verdict.spans[0].span.size()),
            "In the trial, mortality was 12% with ticagrelor and 15% with clopidogrel.");
}

TEST_F(GroundingTest, CopiedSentencesNeedNoEncoder) {
  evidence_ = {TwoDrugs()};
  const FakeEmbedder embedder;
  embedder_ = &embedder;
  const GroundingVerdict verdict = Check("It does not increase  the risk of bleeding", {1});
  EXPECT_TRUE(verdict.supported());
  EXPECT_TRUE(verdict.copied);
  EXPECT_EQ(embedder.passages_embedded(), 0u);
}

TEST_F(GroundingTest, ParaphraseIsSupportedByItsMeaning) {
  evidence_ = {TwoDrugs()};
  const std::string claim = "Happily, apixaban is recommended for an eGFR of 30 to 45 mL/min.";
  EXPECT_THAT(KindsOf(Check(claim, {1})), ElementsAre(IssueKind::kNotStated)) << "by words alone";
  const FakeEmbedder embedder;
  embedder_ = &embedder;
  EXPECT_TRUE(Supports(claim, {1}));
  EXPECT_THAT(KindsOf(Check("Zebras of the savanna drink at dusk beside apixaban.", {1})),
              ElementsAre(IssueKind::kNotStated));
}

TEST_F(GroundingTest, ContradictionIsNotSupportedByItsMeaning) {
  evidence_ = {TwoDrugs()};
  const FakeEmbedder embedder;
  embedder_ = &embedder;
  EXPECT_FALSE(Supports("Happily, apixaban is not recommended for an eGFR of 30 to 45 mL/min.", {1}));
  EXPECT_FALSE(Supports("Happily, apixaban is recommended for an eGFR of 30 to 46 mL/min.", {1}));
}

TEST_F(GroundingTest, WithoutTheEmbedderWordsDecideAndItsErrorIsKept) {
  evidence_ = {TwoDrugs()};
  FakeEmbedder embedder;
  embedder.FailWith(absl::InternalError("no memory"));
  embedder_ = &embedder;
  EXPECT_FALSE(Supports("Happily, apixaban is recommended for an eGFR of 30 to 45 mL/min.", {1}));
  EXPECT_EQ(embedder_status_, absl::InternalError("no memory"));
  EXPECT_TRUE(Supports("Apixaban is recommended.", {1}));
}

TEST_F(GroundingTest, SourcesWithoutTextSupportNothing) {
  evidence_ = {EvidenceBuilder("empty", "").Paragraph("").Build()};
  EXPECT_FALSE(Supports("Give aspirin.", {1}));
  EXPECT_FALSE(Supports("It is not.", {1}));
}

}  // namespace
}  // namespace bedside
