#include "services/answer/finding_extractor.h"

#include <random>

#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/fake_evidence_source.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class FindingExtractorTest : public testing::Test {
 protected:
  std::vector<std::string> Texts(const EvidencePassage& evidence) {
    std::vector<std::string> texts;
    for (const Finding& finding : ExtractFindings(evidence, *splitter_)) texts.push_back(finding.text);
    return texts;
  }

  // The bytes behind each finding.
  std::vector<std::string> Bytes(const EvidencePassage& evidence) {
    std::vector<std::string> bytes;
    for (const Finding& finding : ExtractFindings(evidence, *splitter_)) {
      bytes.push_back(evidence.document->text().substr(finding.span.begin, finding.span.size()));
    }
    return bytes;
  }

  std::unique_ptr<SentenceSplitter> splitter_ = *SentenceSplitter::Create();
};

size_t WordsIn(absl::string_view text) {
  return std::vector<absl::string_view>(absl::StrSplit(text, absl::ByAnyChar(" \n"), absl::SkipEmpty())).size();
}

constexpr char kTwoSentences[] =
    "Aspirin reduces the risk of a second stroke in adults. Warfarin raises the risk of serious bleeding in adults.";

TEST_F(FindingExtractorTest, ParagraphGivesItsSentences) {
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T").Paragraph(kTwoSentences).Build()),
              ElementsAre("Aspirin reduces the risk of a second stroke in adults.",
                          "Warfarin raises the risk of serious bleeding in adults."));
}

TEST_F(FindingExtractorTest, SpansAreTheBytesOfTheSentences) {
  EXPECT_THAT(Bytes(EvidenceBuilder("d", "T").Paragraph("Does it help?").Paragraph(kTwoSentences).Build()),
              ElementsAre("Aspirin reduces the risk of a second stroke in adults.",
                          "Warfarin raises the risk of serious bleeding in adults."));
}

TEST_F(FindingExtractorTest, DanglingSentenceBringsItsPredecessor) {
  EXPECT_THAT(
      Texts(EvidenceBuilder("d", "T")
                .Paragraph("Aspirin reduces the risk of a second stroke in adults. However, it causes bleeding.")
                .Build()),
      ElementsAre("Aspirin reduces the risk of a second stroke in adults.",
                  "Aspirin reduces the risk of a second stroke in adults. However, it causes bleeding."));
}

TEST_F(FindingExtractorTest, DanglingSentenceWithoutPredecessorIsNotOffered) {
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T").Paragraph("This reduces the risk of a second stroke in adults.").Build()),
              IsEmpty());
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T")
                        .Paragraph("Does aspirin help? It reduces the risk of a second stroke in adults.")
                        .Build()),
              IsEmpty());
}

TEST_F(FindingExtractorTest, SentenceThatSpeaksOfSomethingAsKnownBringsWhatNamesIt) {
  const std::string names = "The most accurate test is called the euglycemic clamp.";
  const std::string speaks = "The clamp is used in research on glucose metabolism only.";
  EXPECT_THAT(Texts(EvidenceBuilder("d", "Prediabetes").Paragraph(names + " " + speaks).Build()),
              ElementsAre(names, names + " " + speaks));
  EXPECT_THAT(Texts(EvidenceBuilder("d", "The clamp").Paragraph(names + " " + speaks).Build()),
              ElementsAre(names, speaks))
      << "the title names it";
}

TEST_F(FindingExtractorTest, SentenceThatSpeaksOfSomethingAsKnownStandsAloneWhereNothingCanBeBrought) {
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T")
                        .Paragraph("Should the medicine be stopped? Do not stop the medicine on your own.")
                        .Build()),
              ElementsAre("Do not stop the medicine on your own."));
}

TEST_F(FindingExtractorTest, WarningStandsByItself) {
  const std::string warning = "The patch must not be used in children with asthma.";
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T").Paragraph("Adults may use a patch with this drug. " + warning).Build()),
              testing::Contains(warning));
}

TEST_F(FindingExtractorTest, WhatIsBroughtAlongBringsItsOwnPredecessorUnlessThatIsLong) {
  const std::string both = "Aspirin lowers the risk of stroke. However, it causes bleeding.";
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T").Paragraph(both + " This may be fatal.").Build()),
              testing::Contains(both + " This may be fatal."));
  std::string more = "However, it causes bleeding";
  for (int i = 0; i < 60; ++i) more += " now and then";
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T")
                        .Paragraph("Aspirin lowers the risk of stroke. " + more + ". This may be fatal.")
                        .Build()),
              ElementsAre("Aspirin lowers the risk of stroke."));
}

TEST_F(FindingExtractorTest, ItemsThatBelongTogetherAreOneStatement) {
  EvidenceBuilder builder("d", "T");
  builder.Item("Pyuria of 5 or more", "Both required:")
      .Item("50,000 colonies", "Both required:")
      .Item("Fever", "Also:");
  EXPECT_THAT(Texts(builder.Build()),
              ElementsAre("Both required: Pyuria of 5 or more; 50,000 colonies", "Also: Fever"));
}

TEST_F(FindingExtractorTest, ItemsThatBelongTogetherAreNotOfferedInPart) {
  EvidenceBuilder builder("d", "T");
  EvidencePassage evidence =
      builder.Item("Pyuria of 5 or more", "Both required:").Item("50,000 colonies", "Both required:").Build();
  evidence.passage.set_end(evidence.passage.end() - 3);
  EXPECT_THAT(Texts(evidence), IsEmpty());
  builder.document().mutable_rights()->set_max_words(50);
  EXPECT_THAT(Texts(builder.Build()), IsEmpty()) << "words are counted";
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T").Item("Pyuria of 5 or more", "Both required:").Build()), IsEmpty())
      << "an inner list has broken it off";
}

TEST_F(FindingExtractorTest, ListThatAnInnerOneInterruptsIsNotWhole) {
  EvidenceBuilder builder("d", "T");
  builder.Item("Fever", "All of the following:").Item("Signs of infection", "All of the following:");
  builder.Item("cough", "All of the following:\nany of:").Item("Pain", "All of the following:");
  EXPECT_THAT(Texts(builder.Build()), IsEmpty());
}

TEST_F(FindingExtractorTest, CriteriaForLeavingSomethingOutBelongTogetherToo) {
  EvidenceBuilder builder("d", "T");
  for (const char* item : {"GCS 15", "No vomiting"}) builder.Item(item, "CT is not needed if all of the following:");
  EXPECT_THAT(Texts(builder.Build()), ElementsAre("CT is not needed if all of the following: GCS 15; No vomiting"));
}

TEST_F(FindingExtractorTest, WhatIsAllToBeAvoidedIsReadItemByItem) {
  EvidenceBuilder builder("d", "T");
  builder.Item("Aspirin", "Avoid all of the following:").Item("Heparin", "Avoid all of the following:");
  EXPECT_THAT(Texts(builder.Build()),
              ElementsAre("Avoid all of the following: Aspirin", "Avoid all of the following: Heparin"));
}

TEST_F(FindingExtractorTest, ListItemKeepsHeadingAndLabel) {
  const EvidencePassage evidence = EvidenceBuilder("d", "Stroke guideline")
                                       .Heading("Stroke guideline")
                                       .Heading("Key Recommendations")
                                       .Heading("Thrombolysis")
                                       .Item("Platelets below 100", "Contraindications:")
                                       .Item("Give within 4.5 hours")
                                       .Build();
  EXPECT_THAT(Texts(evidence), ElementsAre("Thrombolysis: Contraindications: Platelets below 100",
                                           "Thrombolysis: Give within 4.5 hours"));
  EXPECT_THAT(Bytes(evidence), ElementsAre("Platelets below 100", "Give within 4.5 hours"));
}

TEST_F(FindingExtractorTest, HeadingThatAsksIsNotFollowedByAColon) {
  EXPECT_THAT(
      Texts(EvidenceBuilder("d", "T").Heading("What are the symptoms of measles?").Item("Fever and cough").Build()),
      ElementsAre("What are the symptoms of measles? Fever and cough"));
}

TEST_F(FindingExtractorTest, TitlesOfArticlesAreNotOffered) {
  EXPECT_THAT(Texts(EvidenceBuilder("d", "").Paragraph("Recent advances in vaccines for allergy to peanuts.").Build()),
              IsEmpty());
}

TEST_F(FindingExtractorTest, WhatADocumentDoesIsSaidWithItsTitle) {
  EXPECT_THAT(Texts(EvidenceBuilder("d", "Heart Guideline")
                        .Heading("Notes")
                        .Paragraph("Replaces the older terms for it.")
                        .Build()),
              ElementsAre("Heart Guideline: Notes: Replaces the older terms for it."));
}

TEST_F(FindingExtractorTest, ShortSentenceKeepsItsHeading) {
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T").Heading("Thrombectomy").Paragraph("Start within six hours.").Build()),
              ElementsAre("Thrombectomy: Start within six hours."));
}

TEST_F(FindingExtractorTest, TableRowNamesItsColumns) {
  const EvidencePassage evidence =
      EvidenceBuilder("d", "T")
          .Table("0 to 3 hours | Recommended\n3 to 4.5 hours | Consider", "Time windows\nOnset | Thrombolysis")
          .Build();
  EXPECT_THAT(Texts(evidence), ElementsAre("Time windows: Onset: 0 to 3 hours; Thrombolysis: Recommended",
                                           "Time windows: Onset: 3 to 4.5 hours; Thrombolysis: Consider"));
  EXPECT_THAT(Bytes(evidence), ElementsAre("0 to 3 hours | Recommended", "3 to 4.5 hours | Consider"));
}

TEST_F(FindingExtractorTest, TableRowKeepsItsHeadings) {
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T")
                        .Heading("Drugs that must not be used in pregnancy")
                        .Table("Valproate | 500 mg twice daily", "Drug | Usual dose")
                        .Build()),
              ElementsAre("Drugs that must not be used in pregnancy: Drug: Valproate; Usual dose: 500 mg twice daily"));
  EXPECT_THAT(
      Texts(EvidenceBuilder("d", "T").Heading("Epinephrine").Table("Adults | 0.5 mg", "Doses\nPeople | Dose").Build()),
      ElementsAre("Epinephrine: Doses: People: Adults; Dose: 0.5 mg"));
}

TEST_F(FindingExtractorTest, LongSentenceKeepsItsHeadings) {
  EXPECT_THAT(
      Texts(EvidenceBuilder("d", "T")
                .Heading("Breast-feeding")
                .Heading("Not recommended")
                .Paragraph("Ergotamine 2 mg by mouth at the onset of migraine, repeated once after an hour.")
                .Build()),
      ElementsAre("Breast-feeding, Not recommended: Ergotamine 2 mg by mouth at the onset of migraine, repeated "
                  "once after an hour."));
}

TEST_F(FindingExtractorTest, OutermostHeadingTellsStatementsUnderLikeHeadingsApart) {
  for (const char* outermost : {"Children under 12 years", "Cluster headache"}) {
    EXPECT_THAT(Texts(EvidenceBuilder("d", "T")
                          .Heading(outermost)
                          .Heading("Drug treatment")
                          .Heading("Acute treatment")
                          .Heading("Triptans")
                          .Item("Sumatriptan 10 mg")
                          .Build()),
                ElementsAre(std::string(outermost) + ", Acute treatment, Triptans: Sumatriptan 10 mg"));
  }
}

TEST_F(FindingExtractorTest, HeadingThatLimitsIsKeptAtAnyDepthAndLength) {
  const std::string of_a_sentence =
      "Medicines that are not to be given together with any other " + std::string(120, 'x');
  for (const std::string& limit : {std::string("Adults"), std::string("Do not use"), of_a_sentence}) {
    EXPECT_THAT(Texts(EvidenceBuilder("d", "T")
                          .Heading("Migraine")
                          .Heading(limit)
                          .Heading("Acute treatment")
                          .Heading("Triptans")
                          .Item("Sumatriptan 10 mg")
                          .Build()),
                ElementsAre("Migraine, " + limit + ", Acute treatment, Triptans: Sumatriptan 10 mg"));
    EXPECT_THAT(Texts(EvidenceBuilder("d", "T").Item("Sumatriptan 10 mg", limit).Build()),
                ElementsAre(limit + ": Sumatriptan 10 mg"));
  }
}

TEST_F(FindingExtractorTest, RowsOfOneTableKnowIt) {
  const EvidencePassage evidence = EvidenceBuilder("d", "T")
                                       .Item("Give aspirin early")
                                       .Table("a | b\nc | d", "Onset | Thrombolysis")
                                       .Table("e | f", "Onset | Aspirin")
                                       .Build();
  const std::vector<Finding> findings = ExtractFindings(evidence, *splitter_);
  ASSERT_THAT(findings, SizeIs(4));
  EXPECT_FALSE(findings[0].table.has_value());
  EXPECT_EQ(findings[1].table->rows, 2u);
  EXPECT_EQ(findings[1].table->begin, findings[2].table->begin);
  EXPECT_NE(findings[1].table->begin, findings[3].table->begin);
  EXPECT_EQ(findings[3].table->rows, 1u);
}

TEST_F(FindingExtractorTest, TableWithoutColumnsIsNotOffered) {
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T").Table("0 to 3 hours | Recommended", "").Build()), IsEmpty());
}

TEST_F(FindingExtractorTest, BackgroundAndMethodsAreNeverOffered) {
  for (const char* label : {"BACKGROUND", "OBJECTIVE", "METHODS"}) {
    EXPECT_THAT(Texts(EvidenceBuilder("d", "T").Label(label).Paragraph(kTwoSentences).Build()), IsEmpty()) << label;
  }
}

TEST_F(FindingExtractorTest, LabelInsideAParagraphCountsUpToTheNextOne) {
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T")
                        .Paragraph("BACKGROUND: Aspirin may prevent a second stroke in adults. Its dose is a matter of "
                                   "opinion in most countries. RESULTS: Aspirin prevented every fifth stroke in the "
                                   "first year. It caused bleeding in one adult of a hundred.")
                        .Build()),
              ElementsAre("RESULTS: Aspirin prevented every fifth stroke in the first year.",
                          "RESULTS: Aspirin prevented every fifth stroke in the first year. It caused bleeding in one "
                          "adult of a hundred."));
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T").Item("Rationale: Aspirin may prevent a second stroke").Build()),
              IsEmpty());
}

TEST_F(FindingExtractorTest, LabelInsideAParagraphCountsForThatParagraph) {
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T")
                        .Paragraph("OBJECTIVE Aspirin may prevent a second stroke in adults.")
                        .Paragraph(kTwoSentences)
                        .Build()),
              SizeIs(2));
}

TEST_F(FindingExtractorTest, FragmentsAreNotOfferedNorBroughtAlong) {
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T")
                        .Paragraph("which reduces the risk of a second stroke in most adults. It is also cheap to buy.")
                        .Build()),
              IsEmpty());
}

TEST_F(FindingExtractorTest, ItemsRowsAndShortSentencesAreTerse) {
  const EvidencePassage evidence = EvidenceBuilder("d", "T")
                                       .Item("Give aspirin early")
                                       .Table("0 to 3 hours | Recommended", "Onset | Thrombolysis")
                                       .Paragraph("Start within six hours.")
                                       .Paragraph(kTwoSentences)
                                       .Build();
  std::vector<bool> terse;
  for (const Finding& finding : ExtractFindings(evidence, *splitter_)) terse.push_back(finding.terse);
  EXPECT_THAT(terse, ElementsAre(true, true, true, false, false));
}

TEST_F(FindingExtractorTest, QuestionsIntroductionsAndScrapsAreNotOffered) {
  EXPECT_THAT(Texts(EvidenceBuilder("d", "T")
                        .Paragraph("Does aspirin help in adults who have had a stroke?")
                        .Paragraph("The following drugs must not be given together with it:")
                        .Paragraph("See above.")
                        .Item("These include warfarin")
                        .Build()),
              IsEmpty());
}

TEST_F(FindingExtractorTest, NothingOfAHiddenSourceIsOffered) {
  EvidenceBuilder builder("d", "T");
  builder.Paragraph(kTwoSentences).document().mutable_rights()->set_hidden(true);
  EXPECT_THAT(Texts(builder.Build()), IsEmpty());
}

TEST_F(FindingExtractorTest, SentenceThatTheRightsCutIsNotOffered) {
  EvidenceBuilder builder("d", "T");
  builder.Paragraph(kTwoSentences).document().mutable_rights()->set_max_words(12);
  EXPECT_THAT(Texts(builder.Build()), ElementsAre("Aspirin reduces the risk of a second stroke in adults."));
}

TEST_F(FindingExtractorTest, LabelsBeyondThePassageAreNotShownWhereWordsAreCounted) {
  EvidenceBuilder builder("d", "T");
  builder.Item("Platelets below 100", "Contraindications:")
      .Table("a | b", "c | d")
      .document()
      .mutable_rights()
      ->set_max_words(50);
  EXPECT_THAT(Texts(builder.Build()), IsEmpty());
}

TEST_F(FindingExtractorTest, OnlyThePassageIsRead) {
  EvidencePassage evidence = EvidenceBuilder("d", "T").Paragraph(kTwoSentences).Item("Give aspirin early").Build();
  evidence.passage.set_end(55);
  EXPECT_THAT(Texts(evidence), ElementsAre("Aspirin reduces the risk of a second stroke in adults."));
  evidence.passage.set_end(evidence.passage.end() + 70);
  EXPECT_THAT(Bytes(evidence), testing::Not(testing::Contains("Give aspirin early"))) << "the item is cut";
}

TEST_F(FindingExtractorTest, PassageOfAnUnknownSectionIsAParagraph) {
  EvidencePassage evidence = EvidenceBuilder("d", "T").Paragraph(kTwoSentences).Build();
  evidence.passage.set_section(9);
  EXPECT_EQ(Texts(evidence).size(), 2u);
}

TEST_F(FindingExtractorTest, EverySpanLiesInThePassageAndWhatIsShown) {
  std::mt19937 random(5);
  const std::vector<std::string> parts = {
      "However, ", "Aspirin helps adults. ", "β-blockers are given early. ", "? ", ": ", "It works. ", "1.5 mg ", "| "};
  for (int round = 0; round < 300; ++round) {
    EvidenceBuilder builder("d", "T");
    for (int block = 0; block < 3; ++block) {
      std::string text;
      for (int i = 0; i < 8; ++i) text += parts[random() % parts.size()];
      const auto kind = random() % 3;
      kind == 0 ? builder.Paragraph(text) : kind == 1 ? builder.Item(text, "Label:") : builder.Table(text, "a | b");
    }
    const uint32_t words = random() % 30;
    builder.document().mutable_rights()->set_max_words(words);
    const EvidencePassage evidence = builder.Build();
    for (const Finding& finding : ExtractFindings(evidence, *splitter_)) {
      EXPECT_LT(finding.span.begin, finding.span.end);
      EXPECT_LE(finding.span.end, evidence.passage.end());
      EXPECT_FALSE(finding.text.empty());
      if (words > 0) {
        EXPECT_LE(WordsIn(evidence.document->text().substr(0, finding.span.end)), words);
      }
    }
  }
}

}  // namespace
}  // namespace bedside
