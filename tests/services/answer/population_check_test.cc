#include "services/answer/population_check.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/fake_evidence_source.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

EvidencePassage Evidence(const std::string& title, const std::string& heading, const std::string& text,
                         const std::vector<std::string>& mesh = {}) {
  EvidenceBuilder builder("d", title);
  for (const std::string& one : mesh) builder.document().add_mesh_headings(one);
  return builder.Heading(heading).Paragraph(text).Build();
}

// Of an answer that quotes all of `evidence`.
std::vector<v1::PopulationMismatch> Mismatches(const Patient& patient, const EvidencePassage& evidence) {
  v1::AnswerText answer;
  v1::Citation& citation = *answer.add_sentences()->add_citations();
  citation.set_evidence_number(1);
  citation.mutable_span()->set_end(evidence.passage.end());
  return FindMismatches(patient, answer, {evidence});
}

Patient Aged(double years) {
  Patient patient;
  patient.age_years = years;
  return patient;
}

Patient OfSex(v1::Sex sex) {
  Patient patient;
  patient.sex = sex;
  return patient;
}

Patient WithEgfr(double egfr) {
  Patient patient;
  patient.egfr = egfr;
  return patient;
}

TEST(PopulationCheckTest, SaysThatEvidenceIsAboutAnotherAge) {
  const auto found = Mismatches(Aged(4), Evidence("Asthma", "Adults", "Give 40 mg."));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].evidence_number(), 1);
  EXPECT_EQ(found[0].aspect(), v1::PATIENT_ASPECT_AGE);
  EXPECT_EQ(found[0].patient(), "4 years old");
  EXPECT_EQ(found[0].evidence(), "adults");
  EXPECT_THAT(MismatchWarning(found[0]).message(),
              HasSubstr("What [1] says is about adults; the patient is 4 years old"));
  EXPECT_EQ(MismatchWarning(found[0]).kind(), v1::WARNING_KIND_OTHER_POPULATION);
}

// Digits that are part of a name are no measure.
TEST(PopulationCheckTest, RenalFunctionWithoutAMeasureIsNoMismatch) {
  for (const char* text :
       {"Use with eGFR category G3b.", "The eGFR by CKD-EPI2021 was used.", "eGFR stage G3a to G5 needs care.",
        "GFR-A1 was seen.", "Creatinine clearance (C2) was low.", "The eGFR in the x5y group fell."}) {
    EXPECT_THAT(Mismatches(WithEgfr(95), Evidence("Metformin", "Dose", text)), IsEmpty()) << text;
  }
}

TEST(PopulationCheckTest, AgesThatFitAreNoMismatch) {
  EXPECT_THAT(Mismatches(Aged(4), Evidence("Asthma in children", "Dose", "Give 10 mg.")), IsEmpty());
  EXPECT_THAT(Mismatches(Aged(70), Evidence("Asthma in adults", "Dose", "Give 10 mg.")), IsEmpty());
  EXPECT_THAT(Mismatches(Aged(4), Evidence("Asthma in children and adults", "Dose", "Give 10 mg.")), IsEmpty());
  EXPECT_THAT(Mismatches(Aged(4), Evidence("Asthma", "Dose", "Give 10 mg.")), IsEmpty()) << "it does not say";
  EXPECT_THAT(Mismatches(Patient(), Evidence("Asthma in adults", "Dose", "Give 10 mg.")), IsEmpty());
}

TEST(PopulationCheckTest, WhatIsClosestToTheClaimDecides) {
  EXPECT_THAT(Mismatches(Aged(4), Evidence("Asthma in adults", "Dose", "In children give 10 mg.")), IsEmpty());
  EXPECT_THAT(Mismatches(Aged(4), Evidence("Asthma in children", "Adults", "Give 40 mg.")), SizeIs(1));
  EXPECT_THAT(Mismatches(Aged(40), Evidence("Asthma", "Older adults", "Give 5 mg.")), SizeIs(1));
  EXPECT_THAT(Mismatches(Aged(4), Evidence("Asthma", "Newborns", "Give 5 mg.")), SizeIs(1));
}

TEST(PopulationCheckTest, MereMentionInAClaimIsNoPopulation) {
  Patient patient = WithEgfr(95);
  patient.pregnant = false;
  EXPECT_THAT(
      Mismatches(patient, Evidence("Hepatitis", "Screening",
                                   "Screen everybody once in life and test again in each pregnancy and in CKD.")),
      IsEmpty());
  EXPECT_THAT(Mismatches(patient, Evidence("Hepatitis", "Screening", "In pregnancy, test again at each visit.")),
              SizeIs(1));
  EXPECT_THAT(Mismatches(Aged(4), Evidence("Asthma in adults", "Dose",
                                           "Give 10 mg of the drug for three days, and half of that in children.")),
              IsEmpty())
      << "a claim that names the patient's people is not about others";
}

TEST(PopulationCheckTest, MeshHeadingsCountWhereWordsSayNothing) {
  EXPECT_THAT(Mismatches(Aged(4), Evidence("Asthma", "R", "It helped.", {"Humans", "Adult", "Middle Aged"})),
              SizeIs(1));
  EXPECT_THAT(Mismatches(Aged(4), Evidence("Asthma", "R", "It helped.", {"Adult", "Child"})), IsEmpty());
  EXPECT_THAT(Mismatches(Aged(40), Evidence("Asthma", "R", "It helped.", {"Child, Preschool/therapy"})), SizeIs(1));
}

TEST(PopulationCheckTest, SaysThatEvidenceIsAboutTheOtherSex) {
  EXPECT_THAT(Mismatches(OfSex(v1::SEX_MALE), Evidence("UTI in women", "D", "Give it for 3 days.")), SizeIs(1));
  EXPECT_THAT(Mismatches(OfSex(v1::SEX_FEMALE), Evidence("UTI in men", "D", "Give it for 7 days.")), SizeIs(1));
  EXPECT_THAT(Mismatches(OfSex(v1::SEX_MALE), Evidence("UTI in men and women", "D", "Treat it.")), IsEmpty());
  EXPECT_THAT(Mismatches(OfSex(v1::SEX_MALE), Evidence("UTI", "R", "It helped.", {"Male", "Female"})), IsEmpty());
}

TEST(PopulationCheckTest, SaysThatEvidenceIsAboutPregnancyOrBreastfeeding) {
  const EvidencePassage in_pregnancy = Evidence("UTI", "Pregnancy", "Give cefalexin.");
  Patient patient;
  EXPECT_THAT(Mismatches(patient, in_pregnancy), IsEmpty()) << "nobody said whether she is";
  patient.pregnant = true;
  EXPECT_THAT(Mismatches(patient, in_pregnancy), IsEmpty());
  EXPECT_THAT(Mismatches(patient, Evidence("UTI", "D", "In non-pregnant women give it.")), SizeIs(1));
  patient.pregnant = false;
  EXPECT_THAT(Mismatches(patient, in_pregnancy), SizeIs(1));
  EXPECT_THAT(Mismatches(OfSex(v1::SEX_MALE), in_pregnancy), SizeIs(1));
  patient.breastfeeding = false;
  const EvidencePassage in_lactation = Evidence("Pain", "Breastfeeding", "Avoid codeine.");
  EXPECT_THAT(Mismatches(patient, in_lactation), SizeIs(1));
  patient.breastfeeding = true;
  EXPECT_THAT(Mismatches(patient, in_lactation), IsEmpty());
}

TEST(PopulationCheckTest, ComparesRenalFunction) {
  const EvidencePassage below_30 = Evidence("Diabetes", "D", "Avoid metformin if eGFR is below 30 mL/min.");
  EXPECT_THAT(Mismatches(WithEgfr(25), below_30), IsEmpty());
  const auto found = Mismatches(WithEgfr(60), below_30);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].evidence(), "eGFR is below 30 mL/min");
  EXPECT_THAT(MismatchWarning(found[0]).message(), HasSubstr("the patient is at eGFR 60"));
  const EvidencePassage between = Evidence("Diabetes", "D", "Halve metformin at eGFR 30 to 44.");
  EXPECT_THAT(Mismatches(WithEgfr(40), between), IsEmpty());
  EXPECT_THAT(Mismatches(WithEgfr(50), between), SizeIs(1));
  EXPECT_THAT(Mismatches(WithEgfr(25), Evidence("D", "D", "For normal renal function give 1 g.")), SizeIs(1));
  EXPECT_THAT(Mismatches(WithEgfr(95), Evidence("D", "CKD", "Give 0.5 g.")), SizeIs(1));
  EXPECT_THAT(Mismatches(WithEgfr(75), Evidence("D", "CKD", "Give 0.5 g.")), IsEmpty());
  EXPECT_THAT(Mismatches(WithEgfr(25), Evidence("D", "D", "Measure eGFR in 3 months.")), IsEmpty());
}

TEST(PopulationCheckTest, SaysEachAspectOnceAPieceOfEvidence) {
  const EvidencePassage adults = Evidence("Asthma in adults", "D", "Give 40 mg. Stop it later.");
  v1::AnswerText answer;
  for (int sentence = 0; sentence < 2; ++sentence) answer.add_sentences()->add_citations()->set_evidence_number(1);
  EXPECT_THAT(FindMismatches(Aged(4), answer, {adults}), SizeIs(1));
}

TEST(PopulationCheckTest, CitationOfUnknownEvidenceIsPassedOver) {
  v1::AnswerText answer;
  answer.add_sentences()->add_citations()->set_evidence_number(2);
  answer.add_sentences()->add_citations();
  EXPECT_THAT(FindMismatches(Aged(4), answer, {Evidence("Asthma in adults", "D", "Give 40 mg.")}), IsEmpty());
}

}  // namespace
}  // namespace bedside
