// What a patient's record changes of answers, and what it does not: from FHIR to answers, with the real model. Each
// case is asked without the record and with it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/e2e/sample_server.h"
#include "tests/services/fhir/fhir_resources.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string DaysAgo(int days) {
  return absl::FormatTime("%Y-%m-%d", absl::Now() - days * absl::Hours(24), absl::UTCTimeZone());
}

// A man of 68 with an eGFR of 38 by CKD-EPI 2021, who must not have penicillins.
std::string KidneyPatient() {
  return FhirBundle(
      {FhirPatient("male", DaysAgo(68 * 365 + 100)), FhirObservation("2160-0", "168", "umol/L", DaysAgo(12)),
       FhirCondition("Type 2 diabetes mellitus (disorder)"),
       FhirMedication("metformin hydrochloride 500 MG Oral Tablet"), FhirAllergy("Penicillin V (substance)")});
}

std::string ChildOfEight() { return FhirBundle({FhirPatient("female", DaysAgo(8 * 365 + 100))}); }

class SamplePatientsTest : public SampleServerTest {
 protected:
  // `fhir`: of the patient; empty: nothing is known.
  static v1::Answer Ask(const std::string& question, const std::string& fhir = "") {
    v1::AnswerRequest request;
    request.set_question(question);
    if (!fhir.empty()) request.set_fhir(fhir);
    return Answer(request);
  }

  static std::string WarningsOf(const v1::Answer& answer) {
    std::vector<std::string> messages;
    for (const v1::AnswerWarning& warning : answer.basis().warnings()) messages.push_back(warning.message());
    return absl::StrJoin(messages, "\n");
  }
};

TEST_F(SamplePatientsTest, RenalFunctionPicksTheRowOfItsRange) {
  const char question[] = "What is the maximum daily dose of metformin?";
  EXPECT_THAT(TextOf(Ask(question)), AllOf(HasSubstr("2,550 mg"), HasSubstr("1,000 mg")));
  const v1::Answer with = Ask(question, KidneyPatient());
  EXPECT_THAT(TextOf(with), AllOf(HasSubstr("30 to 44; Starting metformin: no; Highest daily dose: 1,000 mg"),
                                  Not(HasSubstr("2,550 mg"))));
  EXPECT_THAT(WarningsOf(with),
              HasSubstr("the patient is at eGFR 38 mL/min/1.73 m2 (by CKD-EPI 2021 from the creatinine, 12 days ago)"));
}

TEST_F(SamplePatientsTest, AgePicksTheRowOfTheChild) {
  const char question[] = "What is the dose of adrenaline for anaphylaxis?";
  EXPECT_THAT(TextOf(Ask(question)), HasSubstr("500 micrograms"));
  EXPECT_THAT(TextOf(Ask(question, ChildOfEight())),
              AllOf(HasSubstr("300 micrograms"), Not(HasSubstr("500 micrograms"))));
}

TEST_F(SamplePatientsTest, AllergyIsSaidBesideADrugOfItsClass) {
  const char question[] = "What is the dose of amoxicillin in community-acquired pneumonia?";
  const v1::Answer without = Ask(question);
  ASSERT_THAT(TextOf(without), HasSubstr("moxicillin"));
  EXPECT_THAT(WarningsOf(without), Not(HasSubstr("llerg")));
  EXPECT_THAT(
      WarningsOf(Ask(question, KidneyPatient())),
      HasSubstr("amoxicillin, one of the penicillins; the patient's record has an allergy to Penicillin V, high "
                "criticality."));
}

TEST_F(SamplePatientsTest, PopulationMismatchIsSaidFromTheRecord) {
  const char question[] = "What is the dose of paracetamol in a child with fever?";
  EXPECT_THAT(WarningsOf(Ask(question)), Not(HasSubstr("68 years old")));
  EXPECT_THAT(WarningsOf(Ask(question, KidneyPatient())), HasSubstr("is about children; the patient is 68 years old"));
}

TEST_F(SamplePatientsTest, AnswerThatHasNothingToDoWithThePatientStaysAsItIs) {
  for (const char* question :
       {"Does intravenous vitamin C lower mortality in septic shock?", "What is the capital of France?",
        "How should long-term benzodiazepines be tapered in older adults?"}) {
    EXPECT_EQ(TextOf(Ask(question)), TextOf(Ask(question, KidneyPatient()))) << question;
  }
}

TEST_F(SamplePatientsTest, BasisListsWhatWasUsedIgnoredAndMissing) {
  const v1::PatientContextUse use =
      Ask("What is the maximum daily dose of metformin?", KidneyPatient()).basis().patient_context();
  EXPECT_EQ(use.used_size(), 7) << use.DebugString();
  EXPECT_EQ(use.ignored_size(), 0) << use.DebugString();
  const v1::PatientContextUse child =
      Ask("What is the dose of adrenaline for anaphylaxis?", ChildOfEight()).basis().patient_context();
  EXPECT_EQ(child.missing_size(), 4) << "renal function, problems, drugs, allergies";
}

}  // namespace
}  // namespace bedside
