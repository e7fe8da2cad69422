#include "services/answer/extractive_composer.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/answer/subject.h"
#include "tests/fakes/fake_evidence_source.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class ExtractiveComposerTest : public testing::Test {
 protected:
  std::vector<v1::AnswerSentence> Compose(absl::string_view question, const std::vector<EvidencePassage>& evidence,
                                          size_t max_sentences = 4) {
    return ExtractiveComposer(analyzer_.get(), splitter_.get())
        .Compose(question, Subject(analyzer_.get(), question, TermCounts()), evidence, max_sentences);
  }

  std::vector<std::string> Texts(absl::string_view question, const std::vector<EvidencePassage>& evidence,
                                 size_t max_sentences = 4) {
    std::vector<std::string> texts;
    for (const v1::AnswerSentence& sentence : Compose(question, evidence, max_sentences)) {
      texts.push_back(sentence.text());
    }
    return texts;
  }

  std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
  std::unique_ptr<SentenceSplitter> splitter_ = *SentenceSplitter::Create();
};

EvidencePassage StrokeGuideline() {
  return EvidenceBuilder("stroke-guideline", "Management of acute stroke")
      .Heading("Key Recommendations")
      .Heading("Antiplatelet therapy")
      .Item("Give aspirin 300 mg within 24 hours of onset")
      .Item("Delay aspirin for 24 hours after thrombolysis")
      .Item("Swallowing is tested before anything is given by mouth")
      .Build();
}

EvidencePassage StrokeTrial() {
  return EvidenceBuilder("stroke-trial", "A trial of early aspirin")
      .Label("RESULTS")
      .Paragraph(
          "Early aspirin reduced recurrent stroke from 3.9% to 2.8% at two weeks. "
          "However, extracranial bleeding was more frequent with aspirin. "
          "Half of the participants were women.")
      .Build();
}

EvidencePassage StrokeBackground() {
  return EvidenceBuilder("stroke-background", "Aspirin after stroke")
      .Label("BACKGROUND")
      .Paragraph("Aspirin given early after an acute stroke may do harm.")
      .Build();
}

TEST_F(ExtractiveComposerTest, GoldenAnswer) {
  EXPECT_THAT(
      Texts("When should aspirin be given after acute stroke?", {StrokeGuideline(), StrokeTrial(), StrokeBackground()}),
      ElementsAre("Management of acute stroke: Antiplatelet therapy: Give aspirin 300 mg within 24 hours of onset",
                  "Management of acute stroke: Antiplatelet therapy: Delay aspirin for 24 hours after thrombolysis",
                  "Early aspirin reduced recurrent stroke from 3.9% to 2.8% at two weeks."));
}

TEST_F(ExtractiveComposerTest, SameQuestionGivesTheSameAnswer) {
  const std::vector<EvidencePassage> evidence = {StrokeGuideline(), StrokeTrial()};
  EXPECT_EQ(Texts("Is aspirin given in stroke?", evidence), Texts("Is aspirin given in stroke?", evidence));
}

TEST_F(ExtractiveComposerTest, CitationIsTheBytesOfTheStatement) {
  const auto sentences = Compose("When should aspirin be given?", {StrokeBackground(), StrokeGuideline()}, 1);
  ASSERT_THAT(sentences, SizeIs(1));
  ASSERT_EQ(sentences[0].citations_size(), 1);
  const v1::Citation& citation = sentences[0].citations(0);
  EXPECT_EQ(citation.evidence_number(), 2);
  EXPECT_EQ(StrokeGuideline().document->text().substr(citation.span().begin(),
                                                      citation.span().end() - citation.span().begin()),
            "Give aspirin 300 mg within 24 hours of onset");
}

TEST_F(ExtractiveComposerTest, DanglingFindingIsReadWithItsPredecessor) {
  EXPECT_THAT(Texts("Does aspirin cause extracranial bleeding?", {StrokeTrial()}, 1),
              ElementsAre("Early aspirin reduced recurrent stroke from 3.9% to 2.8% at two weeks. "
                          "However, extracranial bleeding was more frequent with aspirin."));
}

TEST_F(ExtractiveComposerTest, NothingIsSaidTwice) {
  EvidencePassage again = EvidenceBuilder("copy", "Copy")
                              .Paragraph("Early aspirin reduced recurrent stroke from 3.9% to 2.8% at two weeks.")
                              .Build();
  EXPECT_THAT(Texts("Does aspirin reduce recurrent stroke?", {StrokeTrial(), again}),
              AllOf(SizeIs(testing::Le(2)), Contains(HasSubstr("3.9%")).Times(1)));
}

TEST_F(ExtractiveComposerTest, StatementThatAnotherHoldsWordForWordIsReplacedByIt) {
  const char* finding = "Aspirin reduced recurrent stroke in adults.";
  const EvidencePassage alone = EvidenceBuilder("a", "T").Paragraph(finding).Build();
  const EvidencePassage more = EvidenceBuilder("b", "T")
                                   .Paragraph(absl::StrCat(finding,
                                                           " However, it did so only after minor stroke, and bleeding "
                                                           "from the stomach was more frequent than with placebo."))
                                   .Build();
  for (const auto& evidence : {std::vector<EvidencePassage>{alone, more}, {more, alone}}) {
    EXPECT_THAT(Texts("Is bleeding from the stomach frequent with aspirin after stroke?", evidence),
                ElementsAre(AllOf(HasSubstr(finding), HasSubstr("bleeding"))));
  }
}

TEST_F(ExtractiveComposerTest, NearEqualStatementWithoutTheNumberIsReplacedByTheOneWithIt) {
  const auto source = [](const char* id, const char* text) { return EvidenceBuilder(id, "T").Paragraph(text).Build(); };
  const EvidencePassage plain = source("a", "Early aspirin reduces recurrent stroke in most adults.");
  const EvidencePassage exact = source("b", "Early aspirin reduces recurrent stroke in most adults by 20%.");
  for (const auto& evidence : {std::vector<EvidencePassage>{plain, exact}, {exact, plain}}) {
    EXPECT_THAT(Texts("Does early aspirin reduce recurrent stroke?", evidence), ElementsAre(HasSubstr("20%")));
  }
}

TEST_F(ExtractiveComposerTest, RecommendationsThatAreAlikeStandSideBySide) {
  EXPECT_THAT(Texts("At which eGFR should metformin be stopped?",
                    {EvidenceBuilder("a", "Metformin")
                         .Item("Stop metformin when the eGFR falls below 30 mL/min/1.73 m2.")
                         .Item("Halve the dose of metformin when the eGFR is between 30 and 45 mL/min/1.73 m2.")
                         .Build()}),
              SizeIs(2));
  EXPECT_THAT(Texts("What is given early in adults with stroke?", {EvidenceBuilder("a", "Stroke")
                                                                       .Item("Give aspirin early in adults with stroke")
                                                                       .Item("Give heparin early in adults with stroke")
                                                                       .Build()}),
              SizeIs(2));
}

TEST_F(ExtractiveComposerTest, RowThatTwoTablesHoldIsSaidOnce) {
  const auto table = [](const char* id) {
    return EvidenceBuilder(id, "Insulin").Table("Basal | 10 units\nPrandial | 4 units", "Insulin | Dose").Build();
  };
  EXPECT_THAT(Texts("What is the dose of basal and prandial insulin?", {table("a"), table("b")}),
              ElementsAre("Insulin: Basal; Dose: 10 units", "Insulin: Prandial; Dose: 4 units"));
}

EvidencePassage AdrenalineTable() {
  return EvidenceBuilder("a", "Adrenaline")
      .Table("adults | 500 micrograms\n6 to 12 years | 300 micrograms\nbelow 6 months | 100 micrograms", "Age | Dose")
      .Build();
}

TEST_F(ExtractiveComposerTest, SmallTableIsQuotedWholeAndCountsAsOne) {
  const auto sentences = Compose("What is the dose of adrenaline?", {AdrenalineTable()}, 1);
  ASSERT_THAT(sentences, SizeIs(3));
  EXPECT_EQ(sentences[0].text(), "Adrenaline: Age: adults; Dose: 500 micrograms");
  EXPECT_EQ(sentences[1].text(), "Adrenaline: Age: 6 to 12 years; Dose: 300 micrograms");
  EXPECT_EQ(sentences[2].text(), "Adrenaline: Age: below 6 months; Dose: 100 micrograms");
  for (const v1::AnswerSentence& sentence : sentences) EXPECT_EQ(sentence.citations_size(), 1);
}

TEST_F(ExtractiveComposerTest, RowForTheAgeThatIsAskedAboutIsQuotedAlone) {
  EXPECT_THAT(Texts("What is the dose of adrenaline for a child of eight years?", {AdrenalineTable()}),
              ElementsAre("Adrenaline: Age: 6 to 12 years; Dose: 300 micrograms"));
}

TEST_F(ExtractiveComposerTest, TableWithARowForThePeopleAskedAboutIsQuotedWhole) {
  EXPECT_THAT(Texts("What is the dose of adrenaline in a child?", {AdrenalineTable()}), SizeIs(3));
}

TEST_F(ExtractiveComposerTest, TerseStatementThatDoesNotNameItsTopicIsPutAfterTheTitle) {
  const auto text = [this](const char* title, const char* item) {
    return Texts("When is vaccination given?",
                 {EvidenceBuilder("d", title).Heading("Prevention").Item(item).Build()})[0];
  };
  EXPECT_EQ(text("Guideline on Hepatitis B", "Vaccination of all adults"),
            "Guideline on Hepatitis B: Prevention: Vaccination of all adults");
  EXPECT_EQ(text("Guideline on Hepatitis B", "Hepatitis B vaccination of all adults"),
            "Prevention: Hepatitis B vaccination of all adults");
  EXPECT_EQ(text("Clinical Practice Guideline 2024", "Vaccination of all adults"),
            "Prevention: Vaccination of all adults")
      << "the title names no topic";
}

TEST_F(ExtractiveComposerTest, TitleThatLimitsIsPutBeforeTerseStatements) {
  for (const char* title : {"Vaccines that must not be given in pregnancy", "Vaccines in Children"}) {
    EXPECT_THAT(
        Texts("When are measles vaccines given?", {EvidenceBuilder("d", title).Item("Measles vaccines").Build()}),
        ElementsAre(absl::StrCat(title, ": Measles vaccines")));
  }
}

TEST_F(ExtractiveComposerTest, StatementOfAGuidelineHoldsAllOfItsTopicOrStandsAfterTheTitle) {
  const auto text = [this](const char* sentence) {
    EvidenceBuilder builder("d", "Complicated Cystitis");
    builder.Paragraph(sentence).document().set_kind(v1::DOCUMENT_KIND_GUIDELINE);
    return Texts("How is cystitis treated?", {builder.Build()})[0];
  };
  EXPECT_EQ(text("In most adults with cystitis seven days of treatment are enough."),
            "Complicated Cystitis: In most adults with cystitis seven days of treatment are enough.");
  EXPECT_EQ(text("In most adults with complicated cystitis fourteen days of treatment are enough."),
            "In most adults with complicated cystitis fourteen days of treatment are enough.");
}

TEST_F(ExtractiveComposerTest, PassagesThatDoNotSpeakOfTheSubjectAreNotQuoted) {
  const EvidencePassage other = EvidenceBuilder("b", "Heparin").Paragraph("Heparin is safe in most adults.").Build();
  EXPECT_THAT(
      Texts("Is aspirin safe?", {other, EvidenceBuilder("a", "T").Paragraph("Aspirin is safe in most.").Build()}),
      ElementsAre("Aspirin is safe in most."));
  EXPECT_THAT(Texts("Is aspirin safe?", {other}), IsEmpty());
}

TEST_F(ExtractiveComposerTest, StatementsAboutOtherPeopleAreNotQuoted) {
  EXPECT_THAT(Texts("What is the dose of aspirin in pregnancy?", {EvidenceBuilder("a", "Aspirin")
                                                                      .Item("Most adults: aspirin 300 mg")
                                                                      .Item("Pregnancy: aspirin 75 mg")
                                                                      .Build()}),
              ElementsAre("Pregnancy: aspirin 75 mg"));
}

TEST_F(ExtractiveComposerTest, WhatIsSaidOfThePeopleButNotOfTheRestIsNotQuoted) {
  EXPECT_THAT(Texts("Can apixaban be used in dialysis?", {EvidenceBuilder("a", "Anticoagulation")
                                                              .Item("Apixaban can be used in most adults")
                                                              .Item("Measure creatinine once a year")
                                                              .Build()}),
              IsEmpty());
}

TEST_F(ExtractiveComposerTest, WordsForStoppingAreTheSame) {
  const EvidencePassage evidence = EvidenceBuilder("a", "T")
                                       .Paragraph("Metformin is absorbed in the gut within hours.")
                                       .Paragraph("Stop metformin in acute kidney injury.")
                                       .Build();
  const auto sentences = Compose("When should metformin be discontinued?", {evidence}, 1);
  ASSERT_THAT(sentences, SizeIs(1));
  EXPECT_EQ(sentences[0].text(), "Stop metformin in acute kidney injury.");
}

TEST_F(ExtractiveComposerTest, PublisherMayNameThePeople) {
  EvidenceBuilder builder("a", "Otitis media");
  builder.Item("Amoxicillin 80 mg/kg a day").document().set_publisher("Academy of Pediatrics");
  EXPECT_THAT(Texts("What is the dose of amoxicillin in children with otitis media?", {builder.Build()}), SizeIs(1));
}

TEST_F(ExtractiveComposerTest, SourcesThatDisagreeStandSideBySide) {
  const auto target = [](const char* id, const char* text) {
    return EvidenceBuilder(id, "Hypertension guideline").Heading("Recommendations").Paragraph(text).Build();
  };
  EXPECT_THAT(Texts("What is the blood pressure target in adults with diabetes?",
                    {target("a", "The blood pressure target in adults with diabetes is below 130/80 mmHg."),
                     target("b", "The blood pressure target in adults with diabetes is below 140/90 mmHg.")}),
              ElementsAre("The blood pressure target in adults with diabetes is below 130/80 mmHg.",
                          "The blood pressure target in adults with diabetes is below 140/90 mmHg."));
  EXPECT_THAT(Texts("Is aspirin recommended in adults with diabetes?",
                    {target("a", "Aspirin is recommended in adults with diabetes."),
                     target("b", "Aspirin is not recommended in adults with diabetes.")}),
              SizeIs(2));
}

TEST_F(ExtractiveComposerTest, StatusIsSaidInTheSentence) {
  const auto text = [this](v1::DocumentStatus status) {
    return Texts("Does aspirin help adults?",
                 {EvidenceBuilder("d", "T").Paragraph("Aspirin helps most adults.").Status(status).Build()})[0];
  };
  EXPECT_EQ(text(v1::DOCUMENT_STATUS_CURRENT), "Aspirin helps most adults.");
  EXPECT_EQ(text(v1::DOCUMENT_STATUS_SUPERSEDED), "Aspirin helps most adults. (superseded)");
  EXPECT_EQ(text(v1::DOCUMENT_STATUS_CORRECTED), "Aspirin helps most adults. (corrected)");
  EXPECT_EQ(text(v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN), "Aspirin helps most adults. (expression of concern)");
}

TEST_F(ExtractiveComposerTest, StatementsOfADocumentStandTogetherInItsOrder) {
  const EvidencePassage first =
      EvidenceBuilder("a", "T")
          .Paragraph("Colchicine shortens attacks of gout. Allopurinol prevents attacks of gout.")
          .Build();
  const EvidencePassage other =
      EvidenceBuilder("b", "T").Paragraph("Steroids relieve attacks of gout in older adults.").Build();
  const auto sentences = Compose("What prevents gout attacks?", {first, other});
  ASSERT_THAT(sentences, SizeIs(3));
  EXPECT_EQ(sentences[0].text(), "Colchicine shortens attacks of gout.");
  EXPECT_EQ(sentences[1].text(), "Allopurinol prevents attacks of gout.");
  EXPECT_EQ(sentences[2].citations(0).evidence_number(), 2);
}

TEST_F(ExtractiveComposerTest, LimitIsKept) {
  EXPECT_THAT(Texts("aspirin stroke", {StrokeGuideline(), StrokeTrial()}, 1), SizeIs(1));
  EXPECT_THAT(Texts("aspirin stroke", {StrokeGuideline(), StrokeTrial()}, 2), SizeIs(2));
}

TEST_F(ExtractiveComposerTest, WhatDoesNotAnswerIsLeftOut) {
  EXPECT_THAT(Texts("When should aspirin be given after thrombolysis?", {StrokeGuideline()}),
              AllOf(Not(IsEmpty()), Not(Contains(HasSubstr("Swallowing")))));
}

TEST_F(ExtractiveComposerTest, NoFindingMeansNoSentence) {
  EXPECT_THAT(Texts("Does aspirin help?", {StrokeBackground()}), IsEmpty());
  EXPECT_THAT(Texts("Does aspirin help?", {}), IsEmpty());
}

TEST_F(ExtractiveComposerTest, QuestionWithoutTermsIsAnsweredByRank) {
  EXPECT_THAT(Texts("?", {StrokeTrial()}, 1), SizeIs(1));
}

}  // namespace
}  // namespace bedside
