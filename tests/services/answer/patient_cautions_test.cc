#include "services/answer/patient_cautions.h"

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
using ::testing::SizeIs;

EvidencePassage Evidence(const std::string& title, const std::string& text) {
  return EvidenceBuilder("d", title).Heading("Dose").Paragraph(text).Build();
}

// Of an answer that quotes all of each.
std::vector<v1::PatientCaution> Cautions(const PatientSummary& patient, const std::vector<EvidencePassage>& evidence) {
  v1::AnswerText answer;
  for (size_t i = 0; i < evidence.size(); ++i) {
    v1::Citation& citation = *answer.add_sentences()->add_citations();
    citation.set_evidence_number(static_cast<int>(i) + 1);
    citation.mutable_span()->set_end(evidence[i].passage.end());
  }
  return FindCautions(patient, answer, evidence);
}

std::vector<v1::PatientCautionKind> Kinds(const std::vector<v1::PatientCaution>& cautions) {
  std::vector<v1::PatientCautionKind> kinds;
  for (const v1::PatientCaution& caution : cautions) kinds.push_back(caution.kind());
  return kinds;
}

PatientSummary AllergicTo(const std::string& display) {
  PatientSummary patient;
  v1::PatientAllergy& allergy = patient.allergies.emplace_back();
  allergy.mutable_substance()->set_display(display);
  allergy.set_criticality(v1::ALLERGY_CRITICALITY_HIGH);
  return patient;
}

PatientSummary WithEgfr(double egfr) {
  PatientSummary patient;
  patient.facts.set_egfr(egfr);
  return patient;
}

TEST(PatientCautionsTest, SaysThatCitedEvidenceNamesADrugOfTheClassOfAnAllergy) {
  const auto cautions = Cautions(AllergicTo("Penicillin V"), {Evidence("Otitis", "Give amoxicillin for 5 days.")});
  ASSERT_THAT(cautions, SizeIs(1));
  EXPECT_EQ(cautions[0].kind(), v1::PATIENT_CAUTION_KIND_ALLERGY);
  EXPECT_EQ(cautions[0].evidence_number(), 1);
  EXPECT_EQ(cautions[0].patient(), "Penicillin V, high criticality");
  EXPECT_EQ(cautions[0].evidence(), "amoxicillin, one of the penicillins");
  EXPECT_EQ(CautionWarning(cautions[0]).kind(), v1::WARNING_KIND_PATIENT_CAUTION);
  EXPECT_EQ(CautionWarning(cautions[0]).message(),
            "Allergy: [1] names amoxicillin, one of the penicillins; the patient's record has an allergy to Penicillin "
            "V, high criticality.");
}

TEST(PatientCautionsTest, TitleOfTheEvidenceNamesTheDrugToo) {
  EXPECT_THAT(Kinds(Cautions(AllergicTo("Penicillin V"), {Evidence("Amoxicillin", "Give 500 mg.")})),
              ElementsAre(v1::PATIENT_CAUTION_KIND_ALLERGY));
}

TEST(PatientCautionsTest, OtherAllergiesAreStatedBesideDrugsOnly) {
  EXPECT_THAT(Kinds(Cautions(AllergicTo("Latex"), {Evidence("Otitis", "Give amoxicillin.")})),
              ElementsAre(v1::PATIENT_CAUTION_KIND_OTHER_ALLERGIES));
  EXPECT_THAT(Cautions(AllergicTo("Latex"), {Evidence("Otitis", "Wait for two days.")}), IsEmpty());
}

TEST(PatientCautionsTest, AllergyWithoutAKnownNameIsLookedForAsItIsWritten) {
  EXPECT_THAT(Kinds(Cautions(AllergicTo("Fluorescein dye"), {Evidence("Eye", "Use Fluorescein dye.")})),
              ElementsAre(v1::PATIENT_CAUTION_KIND_ALLERGY));
}

TEST(PatientCautionsTest, AllergyThatCouldNotBeReadIsSaid) {
  PatientSummary patient;
  patient.unread_allergies = 2;
  const auto cautions = Cautions(patient, {Evidence("Otitis", "Give amoxicillin.")});
  ASSERT_THAT(Kinds(cautions), ElementsAre(v1::PATIENT_CAUTION_KIND_ALLERGY_NOT_READ));
  EXPECT_THAT(CautionWarning(cautions[0]).message(), HasSubstr("compared with nothing: 2."));
}

TEST(PatientCautionsTest, RenalFunctionIsStatedBesideEvidenceThatDosesByIt) {
  PatientSummary patient = WithEgfr(28);
  patient.values = {{&MeasurementNamed("egfr"), 28, 12, false, "CKD-EPI 2021"}};
  const auto cautions = Cautions(patient, {Evidence("Metformin", "Stop metformin when the eGFR is below 30.")});
  ASSERT_THAT(Kinds(cautions), ElementsAre(v1::PATIENT_CAUTION_KIND_RENAL_FUNCTION));
  EXPECT_EQ(CautionWarning(cautions[0]).message(),
            "Renal function: the patient is at eGFR 28 mL/min/1.73 m2 (by CKD-EPI 2021 from the creatinine, 12 days "
            "ago); [1] on metformin says what to do by renal function.");
}

TEST(PatientCautionsTest, ReducedRenalFunctionThatIsNotSpokenOfIsSaidOnce) {
  const std::vector<EvidencePassage> evidence = {Evidence("Pain", "Give ibuprofen."),
                                                 Evidence("Gout", "Give naproxen.")};
  EXPECT_THAT(Kinds(Cautions(WithEgfr(28), evidence)),
              ElementsAre(v1::PATIENT_CAUTION_KIND_RENAL_FUNCTION_NOT_ADDRESSED));
  EXPECT_THAT(Cautions(WithEgfr(60), evidence), IsEmpty());
}

TEST(PatientCautionsTest, RenalFunctionThatIsTooOldIsSaidAsThat) {
  PatientSummary patient;
  patient.values = {{&MeasurementNamed("egfr"), 28, 500, true, ""}};
  const auto cautions = Cautions(patient, {Evidence("Pain", "Give ibuprofen.")});
  ASSERT_THAT(Kinds(cautions), ElementsAre(v1::PATIENT_CAUTION_KIND_RENAL_FUNCTION_STALE));
  EXPECT_THAT(CautionWarning(cautions[0]).message(), HasSubstr("eGFR 28 mL/min/1.73 m2 (500 days ago), is too old"));
}

TEST(PatientCautionsTest, WithoutDrugsOrWithoutAPatientThereIsNothingToSay) {
  EXPECT_THAT(Cautions(WithEgfr(28), {Evidence("Stroke", "Image the brain at once.")}), IsEmpty());
  EXPECT_THAT(Cautions(PatientSummary(), {Evidence("Metformin", "Stop metformin below an eGFR of 30.")}), IsEmpty());
}

TEST(PatientCautionsTest, CitationsOutsideOfTheEvidenceArePassedOver) {
  v1::AnswerText answer;
  answer.add_sentences()->add_citations()->set_evidence_number(7);
  EXPECT_THAT(FindCautions(WithEgfr(28), answer, {Evidence("Pain", "Give ibuprofen.")}), IsEmpty());
}

}  // namespace
}  // namespace bedside
