#include "services/answer/missing_facts.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/fake_evidence_source.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

EvidencePassage Evidence(const std::string& title, const std::string& text) {
  EvidenceBuilder builder("d", title);
  return builder.Paragraph(text).Build();
}

// Of an answer that quotes all of each piece of evidence.
std::vector<std::string> Messages(const Patient& patient, const std::vector<EvidencePassage>& evidence) {
  v1::AnswerText answer;
  for (size_t i = 0; i < evidence.size(); ++i) {
    v1::Citation& citation = *answer.add_sentences()->add_citations();
    citation.set_evidence_number(static_cast<int>(i) + 1);
    citation.mutable_span()->set_end(evidence[i].passage.end());
  }
  std::vector<std::string> messages;
  for (const v1::AnswerWarning& warning : MissingFactWarnings(patient, answer, evidence)) {
    EXPECT_EQ(warning.kind(), v1::WARNING_KIND_PATIENT_DATA_MISSING);
    messages.push_back(warning.message());
  }
  return messages;
}

TEST(MissingFactsTest, EachFactThatDecidesIsNamedOnceWithItsEvidence) {
  EXPECT_THAT(
      Messages({}, {Evidence("Metformin", "Halve the dose where eGFR is below 45."), Evidence("Asthma", "Rest."),
                    Evidence("Gout", "Avoid it where eGFR is below 30.")}),
      ElementsAre("Whether [1], [3] holds for this patient depends on renal function (eGFR), which was not told."));
  EXPECT_THAT(Messages({}, {Evidence("Asthma in children", "Give 2 puffs.")}),
              ElementsAre(HasSubstr("depends on age")));
  EXPECT_THAT(Messages({}, {Evidence("Asthma", "Pregnant women are given 2 puffs.")}),
              ElementsAre(HasSubstr("depends on pregnancy"), HasSubstr("depends on sex")));
  EXPECT_THAT(Messages({}, {Evidence("Breastfeeding and codeine", "Avoid it.")}),
              ElementsAre(HasSubstr("depends on breastfeeding")));
}

TEST(MissingFactsTest, WhatIsKnownIsNotMissing) {
  Patient patient;
  patient.egfr = 80;
  patient.age_years = 40;
  patient.sex = v1::SEX_MALE;
  EXPECT_THAT(Messages(patient, {Evidence("Metformin in children", "Halve the dose where eGFR is below 45."),
                                 Evidence("Pregnancy", "Pregnant women are given 2 puffs."),
                                 Evidence("Breastfeeding and codeine", "Avoid it.")}),
              IsEmpty());
}

TEST(MissingFactsTest, EvidenceForEverybodyNeedsNothing) {
  EXPECT_THAT(Messages({}, {Evidence("Stroke", "Give aspirin within 48 hours.")}), IsEmpty());
}

TEST(MissingFactsTest, CitationsOfNothingArePassedOver) {
  v1::AnswerText answer;
  answer.add_sentences()->add_citations()->set_evidence_number(2);
  answer.mutable_sentences(0)->add_citations()->set_evidence_number(0);
  EXPECT_THAT(MissingFactWarnings({}, answer, {Evidence("Asthma in children", "Rest.")}), IsEmpty());
}

TEST(MissingFactsTest, AQuestionIsAboutOnePatientWhereItsWordsSayWhich) {
  for (const char* question :
       {"How much metformin may my patient take?", "Is this 80-year-old diabetic patient at risk?",
        "Should she take aspirin?", "What is his target?"}) {
    EXPECT_TRUE(IsAboutOnePatient(question)) << question;
  }
  for (const char* question :
       {"How much metformin may patients take?", "What is given to a patient with stroke?",
        "What is the dose in pregnant women?", "What does HER2 mean?", "Is the patience test good?"}) {
    EXPECT_FALSE(IsAboutOnePatient(question)) << question;
  }
}

}  // namespace
}  // namespace bedside
