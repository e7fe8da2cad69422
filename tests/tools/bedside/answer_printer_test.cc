#include "tools/bedside/answer_printer.h"

#include <string>

#include "gmock/gmock.h"
#include "tests/tools/bedside/recorded_console.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::Not;

void AddEvidence(const std::string& title, const std::string& text, v1::Basis* basis) {
  v1::Evidence& evidence = *basis->add_evidence();
  evidence.mutable_document()->set_title(title);
  evidence.mutable_document()->set_name("corpora/default/documents/" + title);
  evidence.mutable_document()->set_publisher("Board");
  evidence.mutable_document()->set_status(v1::DOCUMENT_STATUS_CURRENT);
  evidence.mutable_document()->mutable_publication_date()->set_year(2021);
  evidence.mutable_passage()->set_text(text);
  evidence.mutable_passage()->mutable_span()->set_begin(100);
  evidence.mutable_passage()->mutable_span()->set_end(100 + text.size());
  evidence.mutable_passage()->add_heading_path("Treatment");
  evidence.mutable_passage()->add_heading_path("First line");
}

v1::AnswerSentence& AddSentence(const std::string& text, v1::Answer* answer) {
  v1::AnswerSentence& sentence = *answer->mutable_text()->add_sentences();
  sentence.set_text(text);
  return sentence;
}

void Cite(int number, uint32_t begin, uint32_t end, v1::AnswerSentence* sentence) {
  v1::Citation& citation = *sentence->add_citations();
  citation.set_evidence_number(number);
  citation.mutable_span()->set_begin(begin);
  citation.mutable_span()->set_end(end);
}

class PrintAnswerTest : public testing::Test {
 protected:
  PrintAnswerTest() {
    AddEvidence("Alpha", "Give fluids. Rest well.", answer_.mutable_basis());
    AddEvidence("Beta", "Sleep helps.", answer_.mutable_basis());
  }

  std::string Printed() {
    PrintAnswer(answer_, recorded_.console);
    return recorded_.out.str();
  }

  v1::Answer answer_;
  RecordedConsole recorded_;
};

TEST_F(PrintAnswerTest, WarningsAreNotes) {
  answer_.mutable_basis()->add_warnings()->set_message("The generation is old.");
  EXPECT_THAT(Printed(), HasSubstr("Note: The generation is old.\n"));
}

TEST_F(PrintAnswerTest, ASentenceWithoutTextSaysWhy) {
  Cite(1, 100, 112, &AddSentence("", &answer_));
  EXPECT_THAT(Printed(), HasSubstr("(not kept, or its source was deleted) [1]\n"));
}

TEST_F(PrintAnswerTest, TheNameStandsLast) {
  answer_.set_name("corpora/c/answers/1");
  EXPECT_THAT(Printed(), testing::EndsWith("\ncorpora/c/answers/1\n"));
}

TEST_F(PrintAnswerTest, SentencesCarryMarkersAndSourcesCarryTheQuotedWords) {
  Cite(1, 100, 112, &AddSentence("Give fluids.", &answer_));
  answer_.mutable_basis()->set_generator("extractive");
  EXPECT_THAT(Printed(), HasSubstr("Give fluids. [1]\n"
                                   "\n"
                                   "Sources\n"
                                   "[1] Alpha\n"
                                   "    Board · 2021\n"
                                   "    Treatment > First line\n"
                                   "      \"Give fluids.\"\n"
                                   "    corpora/default/documents/Alpha\n"));
}

TEST_F(PrintAnswerTest, ASentenceThatIsMarkedSaysSo) {
  v1::AnswerSentence& sentence = AddSentence("Give no fluids.", &answer_);
  Cite(1, 100, 112, &sentence);
  sentence.add_issues()->set_kind(v1::GROUNDING_ISSUE_KIND_NEGATION);
  sentence.add_issues()->set_kind(v1::GROUNDING_ISSUE_KIND_NOT_STATED);
  sentence.add_issues()->set_kind(v1::GROUNDING_ISSUE_KIND_NEGATION);
  EXPECT_THAT(Printed(), HasSubstr("Give no fluids. (NOT SUPPORTED by what it cites: negation, not stated) [1]\n"));
}

TEST_F(PrintAnswerTest, ASourceSaysWhereElseItsWordsStand) {
  Cite(1, 100, 112, &AddSentence("Give fluids.", &answer_));
  answer_.mutable_basis()->mutable_evidence(0)->add_also_in("corpora/default/documents/Copy/passages/0-12");
  EXPECT_THAT(Printed(), HasSubstr("    corpora/default/documents/Alpha\n"
                                   "    also in corpora/default/documents/Copy/passages/0-12\n"));
}

TEST_F(PrintAnswerTest, ASourceThatIsNotCitedIsNotListed) {
  Cite(2, 100, 112, &AddSentence("Sleep helps.", &answer_));
  const std::string printed = Printed();
  EXPECT_THAT(printed, HasSubstr("[2] Beta"));
  EXPECT_THAT(printed, Not(HasSubstr("Alpha")));
}

TEST_F(PrintAnswerTest, ASentenceHasAMarkerForEachSourceOnce) {
  v1::AnswerSentence& sentence = AddSentence("Drink, and sleep.", &answer_);
  Cite(2, 100, 112, &sentence);
  Cite(1, 100, 112, &sentence);
  Cite(1, 113, 123, &sentence);
  EXPECT_THAT(Printed(), HasSubstr("Drink, and sleep. [1][2]\n"));
}

TEST_F(PrintAnswerTest, ASourceCitedTwiceIsListedOnceWithBothQuotes) {
  Cite(1, 100, 112, &AddSentence("Give fluids.", &answer_));
  Cite(1, 113, 123, &AddSentence("Rest.", &answer_));
  EXPECT_THAT(Printed(), HasSubstr("      \"Give fluids.\"\n      \"Rest well.\"\n"));
}

TEST_F(PrintAnswerTest, ASupersededSourceIsMarkedWithWhatReplacedIt) {
  v1::Document* document = answer_.mutable_basis()->mutable_evidence(0)->mutable_document();
  document->set_status(v1::DOCUMENT_STATUS_SUPERSEDED);
  document->add_superseded_by("alpha-2");
  document->set_status_reason("named by alpha-2");
  Cite(1, 100, 112, &AddSentence("Give fluids.", &answer_));
  EXPECT_THAT(Printed(), HasSubstr("    SUPERSEDED by alpha-2: named by alpha-2\n"));
}

TEST_F(PrintAnswerTest, ACorrectedSourceIsMarked) {
  answer_.mutable_basis()->mutable_evidence(0)->mutable_document()->set_status(v1::DOCUMENT_STATUS_CORRECTED);
  Cite(1, 100, 112, &AddSentence("Give fluids.", &answer_));
  EXPECT_THAT(Printed(), HasSubstr("    CORRECTED\n"));
}

TEST_F(PrintAnswerTest, ACitationOfUnknownEvidenceIsSaidToBeOne) {
  Cite(9, 100, 112, &AddSentence("Give fluids.", &answer_));
  EXPECT_THAT(Printed(), HasSubstr("[9] (the answer holds no such source)"));
}

TEST_F(PrintAnswerTest, ACitationOutsideItsPassageIsSaidToBeOne) {
  for (const auto& [begin, end] : std::vector<std::pair<int, int>>{{0, 12}, {100, 900}, {112, 100}}) {
    answer_.clear_text();
    Cite(1, begin, end, &AddSentence("Give fluids.", &answer_));
    EXPECT_THAT(Printed(), HasSubstr("(the citation points outside the passage"));
  }
}

TEST_F(PrintAnswerTest, TextThatMayNotBeShownIsSaidToBeSo) {
  answer_.mutable_basis()->mutable_evidence(0)->mutable_passage()->clear_text();
  Cite(1, 100, 112, &AddSentence("Give fluids.", &answer_));
  EXPECT_THAT(Printed(), HasSubstr("rights do not allow"));
}

TEST_F(PrintAnswerTest, AnAbstentionSaysWhy) {
  answer_.mutable_abstention()->set_reason(v1::ABSTENTION_REASON_WEAK_EVIDENCE);
  answer_.mutable_abstention()->set_message("Nothing found bears on the question.");
  const std::string printed = Printed();
  EXPECT_THAT(printed, HasSubstr("No answer: weak evidence.\nNothing found bears on the question.\n"));
  EXPECT_THAT(printed, Not(HasSubstr("Sources")));
}

TEST_F(PrintAnswerTest, WhatWasAssumedIsNoted) {
  v1::Assumption& assumption = *answer_.mutable_basis()->mutable_interpretation()->add_assumptions();
  assumption.set_from("asprin");
  assumption.set_to("aspirin");
  EXPECT_THAT(Printed(), HasSubstr("Note: \"asprin\" was also searched as \"aspirin\"\n"));
}

TEST_F(PrintAnswerTest, StepsThatDidNotRunAndWhatWasRemovedAreNoted) {
  answer_.mutable_basis()->add_degraded("generator: deadline exceeded; answered extractively");
  answer_.mutable_basis()->set_removed_citations(2);
  answer_.mutable_basis()->set_removed_sentences(1);
  Cite(1, 100, 112, &AddSentence("Give fluids.", &answer_));
  const std::string printed = Printed();
  EXPECT_THAT(printed, HasSubstr("Note: generator: deadline exceeded; answered extractively\n"));
  EXPECT_THAT(printed, HasSubstr("Note: sentences of the generator without evidence that were removed: 1\n"));
  EXPECT_THAT(printed, HasSubstr("Note: citations of the generator to unknown evidence that were removed: 2\n"));
}

TEST_F(PrintAnswerTest, ColoursOnlyWhereTheConsoleHasThem) {
  Cite(1, 100, 112, &AddSentence("Give fluids.", &answer_));
  EXPECT_THAT(Printed(), Not(HasSubstr("\x1b[")));
  recorded_.console.colour = true;
  EXPECT_THAT(Printed(), HasSubstr("\x1b[1mSources\x1b[0m"));
}

TEST_F(PrintAnswerTest, ASentenceBeginsOnALineOfItsOwn) {
  Cite(1, 100, 112, &AddSentence("Give fluids.", &answer_));
  Cite(1, 100, 112, &AddSentence("Rest well.", &answer_));
  EXPECT_THAT(Printed(), HasSubstr("Give fluids. [1]\nRest well. [1]\n\nSources"));
}

TEST_F(PrintAnswerTest, LongSentencesAreWrapped) {
  recorded_.console.width = 20;
  Cite(1, 100, 112, &AddSentence("Give fluids often and in small amounts.", &answer_));
  EXPECT_THAT(Printed(), HasSubstr("Give fluids often\n  and in small\n  amounts. [1]\n"));
}

TEST_F(PrintAnswerTest, GuidelinesThatDisagreeStandFirstWithWhoSaysIt) {
  v1::AnswerSentence& plain = AddSentence("Sleep helps.", &answer_);
  Cite(2, 100, 112, &plain);
  for (int number : {1, 2}) {
    v1::ConflictSide& side =
        *(number == 1 ? answer_.mutable_basis()->add_conflicts() : answer_.mutable_basis()->mutable_conflicts(0))
             ->add_sides();
    side.set_evidence_number(number);
    if (number == 1) side.set_publisher("Board");
    if (number == 1) side.mutable_publication_date()->set_year(2021);
    if (number == 1) side.set_jurisdiction("UK");
    v1::AnswerSentence& sentence = AddSentence(number == 1 ? "Give fluids." : "Give none.", &answer_);
    sentence.set_conflict(1);
    Cite(number, 100, 105, &sentence);
  }
  const std::string printed = Printed();
  EXPECT_THAT(printed, HasSubstr("Guidelines disagree\n- Board, 2021, UK: Give fluids. [1]\n"));
  EXPECT_THAT(printed, HasSubstr("- A guideline whose body, year and country are not known: Give none. [2]\n"));
  EXPECT_LT(printed.find("Give none."), printed.find("Sleep helps."));
}

TEST_F(PrintAnswerTest, SideWithoutACitationIsPassedOver) {
  answer_.mutable_basis()->add_conflicts()->add_sides()->set_evidence_number(1);
  AddSentence("Give fluids.", &answer_).set_conflict(1);
  EXPECT_THAT(Printed(), HasSubstr("Guidelines disagree\n\n"));
}

}  // namespace
}  // namespace bedside
