#include "services/answer/abbreviation_notes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/fakes/fake_evidence_source.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;

class AbbreviationNotesTest : public ::testing::Test {
 protected:
  // Statements, each with the number of its evidence, with their notes.
  std::vector<std::string> Noted(const std::vector<std::pair<int, std::string>>& statements) {
    std::vector<v1::AnswerSentence> sentences;
    for (const auto& [number, text] : statements) {
      sentences.emplace_back();
      sentences.back().set_text(text);
      sentences.back().add_citations()->set_evidence_number(number);
    }
    AddAbbreviationNotes(evidence_, &sentences);
    std::vector<std::string> texts;
    for (const v1::AnswerSentence& sentence : sentences) texts.push_back(sentence.text());
    return texts;
  }

  std::vector<EvidencePassage> evidence_ = {
      EvidenceBuilder("approach", "A new approach")
          .Paragraph("We assessed the vascular-guided multilayer preauricular approach (VMPA). Assisted reproductive "
                     "technique (ART) and a 95% confidence interval (CI) are meant as usual.")
          .Build(),
      EvidenceBuilder("other", "Other").Paragraph("Antiretroviral therapy (ART) is given.").Build()};
};

TEST_F(AbbreviationNotesTest, SaysWhatTheSourceDefinesElsewhere) {
  EXPECT_THAT(Noted({{1, "The VMPA gives access."}}),
              ElementsAre("The VMPA gives access. (VMPA: vascular-guided multilayer preauricular approach)"));
}

TEST_F(AbbreviationNotesTest, SaysWhatStandsBeforeThePassageAndNotBehindIt) {
  const std::string& text = evidence_[0].document->text();
  evidence_[0].passage.set_begin(static_cast<uint32_t>(text.find("Assisted")));
  evidence_[0].passage.set_end(static_cast<uint32_t>(text.find("(ART)")));
  EXPECT_THAT(Noted({{1, "The VMPA and ART."}}),
              ElementsAre("The VMPA and ART. (VMPA: vascular-guided multilayer preauricular approach)"));
}

TEST_F(AbbreviationNotesTest, SaysEachOnceAndOfEachSourceWhatThatMeans) {
  EXPECT_THAT(Noted({{1, "VMPAs and ART-conceived fetuses."}, {1, "The VMPA again."}, {2, "ART is safe."}}),
              ElementsAre("VMPAs and ART-conceived fetuses. (VMPA: vascular-guided multilayer preauricular approach; "
                          "ART: Assisted reproductive technique)",
                          "The VMPA again.", "ART is safe. (ART: Antiretroviral therapy)"));
}

TEST_F(AbbreviationNotesTest, SaysNothingOfWhatTheStatementDefinesOrEveryoneKnows) {
  const std::string defined = "The vascular-guided multilayer preauricular approach (VMPA) gives access.";
  EXPECT_THAT(Noted({{1, defined}, {1, "95% CI 1.1 to 2.0, and the DNA."}, {2, "The VMPA is of another source."}}),
              ElementsAre(defined, "95% CI 1.1 to 2.0, and the DNA.", "The VMPA is of another source."));
}

TEST_F(AbbreviationNotesTest, TakesNoStatisticUnitNumeralOrPartOfANameForAnother) {
  evidence_.push_back(
      EvidenceBuilder("others", "Others")
          .Paragraph(
              "Hazard ratios (HRs) were found, and heart rate (HR), cochlear implant (CI), median blood loss "
              "(mL), normal saline (NS), intake per unit (IU), intravenous (IV) drugs and progressive disease (PD).")
          .Build());
  for (const char* statement :
       {"Hypotension was 12% v 14%, NS.", "Death was less frequent (HR 0.61; 95% CI 0.40 to 0.93).",
        "Give 500 mL, then 5000 IU.", "It is not recommended in class IV.", "PD-1 inhibitors must be stopped."}) {
    EXPECT_THAT(Noted({{3, statement}}), ElementsAre(statement));
  }
  EXPECT_THAT(Noted({{3, "PD was seen."}}), ElementsAre("PD was seen. (PD: progressive disease)"));
}

TEST_F(AbbreviationNotesTest, SeesTheFirstWordsOfADocument) {
  evidence_.push_back(EvidenceBuilder("mtx", "T").Paragraph("Methotrexate (MTX) is used. MTX is stopped.").Build());
  evidence_[2].passage.set_begin(evidence_[2].passage.begin() + 28);
  EXPECT_THAT(Noted({{3, "MTX is stopped."}}), ElementsAre("MTX is stopped. (MTX: Methotrexate)"));
}

TEST_F(AbbreviationNotesTest, SaysNothingOfWhatTheSourceDefinesInTwoWays) {
  evidence_.push_back(EvidenceBuilder("two", "Two")
                          .Paragraph("Atrial fibrillation (AF) is common. Amniotic fluid (AF) is clear.")
                          .Build());
  EXPECT_THAT(Noted({{3, "AF was seen."}}), ElementsAre("AF was seen."));
}

TEST_F(AbbreviationNotesTest, TakesNoMoreWordsFromASourceWhoseWordsAreCounted) {
  auto counted = std::make_shared<storage::Document>(*evidence_[0].document);
  counted->mutable_rights()->set_max_words(5);
  evidence_[0].document = counted;
  EXPECT_THAT(Noted({{1, "The VMPA gives access."}}), ElementsAre("The VMPA gives access."));
}

}  // namespace
}  // namespace bedside
