#include "services/record/record_content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(RecordContentTest, KeepsSentencesCitationsAndDigestsButNoPassages) {
  v1::Answer answer;
  v1::AnswerSentence& sentence = *answer.mutable_text()->add_sentences();
  sentence.set_text("Rest.");
  sentence.add_citations()->set_evidence_number(1);
  for (const char* document : {"b", "a", "b"}) {
    v1::Evidence& evidence = *answer.mutable_basis()->add_evidence();
    evidence.mutable_document()->set_name(std::string("corpora/c/documents/") + document);
    evidence.mutable_passage()->set_text("The patient should rest.");
    evidence.mutable_passage()->mutable_span()->set_end(24);
    evidence.set_text_sha256("abc");
  }
  const storage::AnswerRecord record = RecordOf("c", "id-1", 1'500'000, answer);
  EXPECT_EQ(record.corpus(), "c");
  EXPECT_EQ(record.id(), "id-1");
  EXPECT_EQ(record.create_time_micros(), 1'500'000);
  EXPECT_THAT(record.documents(), ElementsAre("a", "b"));
  EXPECT_EQ(record.answer().name(), "corpora/c/answers/id-1");
  EXPECT_EQ(record.answer().create_time().seconds(), 1);
  EXPECT_EQ(record.answer().create_time().nanos(), 500'000'000);
  EXPECT_EQ(record.answer().text().sentences(0).DebugString(), sentence.DebugString());
  EXPECT_EQ(record.answer().basis().evidence(0).text_sha256(), "abc");
  EXPECT_EQ(record.answer().basis().evidence(0).passage().span().end(), 24u);
  EXPECT_THAT(record.SerializeAsString(), Not(HasSubstr("should rest")));
}

TEST(RecordContentTest, KeepsNoWordOfTheCaller) {
  v1::Answer answer;
  answer.mutable_abstention()->set_reason(v1::ABSTENTION_REASON_AMBIGUOUS_QUESTION);
  answer.mutable_abstention()->set_message("This corpus does not know \"Smith\".");
  answer.mutable_basis()->mutable_interpretation()->add_ambiguities()->set_word("Smith");
  const storage::AnswerRecord record = RecordOf("c", "id-1", 0, answer);
  EXPECT_EQ(record.answer().abstention().reason(), v1::ABSTENTION_REASON_AMBIGUOUS_QUESTION);
  EXPECT_THAT(record.SerializeAsString(), Not(HasSubstr("Smith")));
}

TEST(RecordContentTest, KeepsNothingThatTellsOfThePatient) {
  v1::Answer answer;
  v1::Basis& basis = *answer.mutable_basis();
  basis.add_warnings()->set_kind(v1::WARNING_KIND_OLD_SOURCES);
  v1::AnswerWarning& warning = *basis.add_warnings();
  warning.set_kind(v1::WARNING_KIND_OTHER_POPULATION);
  warning.set_message("What [1] says is about adults; the patient is 4 years old.");
  basis.add_population_mismatches()->set_patient("4 years old");
  v1::AnswerWarning& caution = *basis.add_warnings();
  caution.set_kind(v1::WARNING_KIND_PATIENT_CAUTION);
  caution.set_message("Allergy to penicillin V; 4 years old.");
  basis.add_patient_cautions()->set_patient("penicillin V");
  basis.mutable_patient_context()->add_searched_with("penicillin V");
  v1::AnswerInput& used = *basis.add_inputs_used();
  used.set_kind(v1::INPUT_KIND_PATIENT_FACT);
  used.set_fact("age");
  const storage::AnswerRecord record = RecordOf("c", "id-1", 0, answer);
  EXPECT_EQ(record.answer().basis().warnings_size(), 1);
  EXPECT_EQ(record.answer().basis().population_mismatches_size(), 0);
  EXPECT_EQ(record.answer().basis().inputs_used(0).fact(), "age") << "which one, never its value";
  EXPECT_THAT(record.SerializeAsString(), Not(HasSubstr("4 years")));
  EXPECT_THAT(record.SerializeAsString(), Not(HasSubstr("penicillin")));
}

TEST(RecordContentTest, KeepsTheMessageOfOtherAbstentions) {
  v1::Answer answer;
  answer.mutable_abstention()->set_reason(v1::ABSTENTION_REASON_NO_EVIDENCE);
  answer.mutable_abstention()->set_message("Nothing was found.");
  EXPECT_EQ(RecordOf("c", "id-1", 0, answer).answer().abstention().message(), "Nothing was found.");
}

v1::Answer AnswerBy(v1::Writer writer, const char* sentence) {
  v1::Answer answer;
  answer.mutable_basis()->mutable_method()->set_writer(writer);
  v1::Evidence& evidence = *answer.mutable_basis()->add_evidence();
  evidence.mutable_document()->set_title("Metformin");
  evidence.mutable_passage()->set_text("Stop it below an eGFR of 30.");
  v1::AnswerSentence& said = *answer.mutable_text()->add_sentences();
  said.set_text(sentence);
  said.add_citations()->set_evidence_number(1);
  return answer;
}

TEST(RecordContentTest, KeepsSentencesOfALanguageModelThatSayWhatTheirPassagesSay) {
  const v1::Answer answer = AnswerBy(v1::WRITER_LANGUAGE_MODEL, "Stop metformin if the eGFR is below 30.");
  EXPECT_EQ(RecordOf("c", "id-1", 0, answer).answer().text().sentences(0).text(), answer.text().sentences(0).text());
}

TEST(RecordContentTest, KeepsNoSentenceOfALanguageModelWithWordsOfItsOwn) {
  for (const char* sentence : {"Mr Smith should stop metformin.", "Stop it at 84 years.", "Stop it, Müller."}) {
    const storage::AnswerRecord record = RecordOf("c", "id-1", 0, AnswerBy(v1::WRITER_LANGUAGE_MODEL, sentence));
    EXPECT_EQ(record.answer().text().sentences(0).text(), "") << sentence;
    EXPECT_EQ(record.answer().text().sentences(0).citations_size(), 1) << sentence;
  }
}

TEST(RecordContentTest, KeepsWhatWasTakenFromTheEvidenceWithItsMarks) {
  const v1::Answer answer = AnswerBy(v1::WRITER_EXTRACTIVE, "Stop it below an eGFR of 30 (superseded).");
  EXPECT_EQ(RecordOf("c", "id-1", 0, answer).answer().text().sentences(0).text(), answer.text().sentences(0).text());
}

TEST(RecordContentTest, KeepsTheKindOfAnIssueWithoutTheWordsThatItIsAbout) {
  v1::Answer answer = AnswerBy(v1::WRITER_LANGUAGE_MODEL, "Smith may take it.");
  v1::GroundingIssue& issue = *answer.mutable_text()->mutable_sentences(0)->add_issues();
  issue.set_kind(v1::GROUNDING_ISSUE_KIND_NAME);
  issue.set_said("Smith");
  const storage::AnswerRecord record = RecordOf("c", "id-1", 0, answer);
  EXPECT_EQ(record.answer().text().sentences(0).issues(0).kind(), v1::GROUNDING_ISSUE_KIND_NAME);
  EXPECT_THAT(record.SerializeAsString(), Not(HasSubstr("Smith")));
}

}  // namespace
}  // namespace bedside
