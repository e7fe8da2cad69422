#include "services/patient/patient_lines.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(PatientLinesTest, SaysAKindALine) {
  PatientSummary summary;
  summary.problems = {"Asthma", "Type 2 diabetes mellitus"};
  summary.drugs = {"metformin 500 MG Oral Tablet"};
  v1::PatientAllergy& allergy = summary.allergies.emplace_back();
  allergy.mutable_substance()->set_display("Penicillin V");
  allergy.set_criticality(v1::ALLERGY_CRITICALITY_HIGH);
  summary.values = {{&MeasurementNamed("systolic_pressure"), 131.25, 3, false, ""},
                    {&MeasurementNamed("potassium"), 5.9, 400, true, ""}};
  summary.smoking = v1::SMOKING_STATUS_FORMER;
  EXPECT_EQ(RecordLines(summary),
            "Active problems: Asthma; Type 2 diabetes mellitus\n"
            "Takes: metformin 500 MG Oral Tablet\n"
            "Allergies: Penicillin V, high criticality\n"
            "Measured: systolic blood pressure 131.2 mmHg (3 days ago)\n"
            "Smoking: formerly");
}

TEST(PatientLinesTest, NothingIsNoLine) { EXPECT_EQ(RecordLines(PatientSummary()), ""); }

TEST(PatientLinesTest, LongListsAreCut) {
  PatientSummary summary;
  for (int i = 0; i < 30; ++i) summary.problems.push_back("problem" + std::to_string(i));
  EXPECT_THAT(RecordLines(summary), HasSubstr("problem19"));
  EXPECT_THAT(RecordLines(summary), Not(HasSubstr("problem20")));
}

}  // namespace
}  // namespace bedside
