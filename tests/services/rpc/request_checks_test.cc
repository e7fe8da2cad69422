#include "services/rpc/request_checks.h"

#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

absl::Status Checked(const v1::PatientFacts& patient) {
  FieldViolations violations;
  CheckPatient("patient", patient, &violations);
  return violations.ToStatus();
}

TEST(CheckPatientTest, NothingIsKnownOrAllIsPossible) {
  v1::PatientFacts patient;
  EXPECT_TRUE(Checked(patient).ok());
  patient.set_age_years(130);
  patient.set_sex(v1::SEX_FEMALE);
  patient.set_pregnant(true);
  patient.set_breastfeeding(true);
  patient.set_egfr(250);
  EXPECT_TRUE(Checked(patient).ok());
  patient.set_age_months(0);
  patient.set_sex(v1::SEX_MALE);
  patient.set_pregnant(false);
  patient.set_breastfeeding(false);
  EXPECT_TRUE(Checked(patient).ok());
}

TEST(CheckPatientTest, WhatCannotBeIsNamedWithoutItsValue) {
  v1::PatientFacts patient;
  patient.set_age_years(131);
  patient.set_sex(v1::SEX_MALE);
  patient.set_pregnant(true);
  patient.set_breastfeeding(true);
  patient.set_egfr(0);
  const absl::Status status = Checked(patient);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  for (const char* field : {"age_years", "pregnant", "breastfeeding", "egfr"}) {
    EXPECT_THAT(status.message(), HasSubstr(field));
  }
  EXPECT_THAT(status.message(), Not(HasSubstr("131")));
}

TEST(CheckPatientContextTest, FactsAgesAndNumbersAreChecked) {
  v1::PatientContext context;
  context.mutable_facts()->set_age_years(131);
  context.add_observations()->set_age_days(-1);
  FieldViolations violations;
  CheckPatientContext(context, &violations);
  EXPECT_EQ(violations.ToStatus().message(),
            "patient_context.facts.age_years: wanted 0 to 130; patient_context.observations[0].age_days: wanted 0 or "
            "more");
  context.Clear();
  for (int i = 0; i < 10001; ++i) context.add_problems();
  FieldViolations too_many;
  CheckPatientContext(context, &too_many);
  EXPECT_THAT(too_many.ToStatus().message(), HasSubstr("wanted 0 to 10000 entries, got 10001"));
}

TEST(CheckPatientTest, LimitsHoldAtBothEnds) {
  v1::PatientFacts patient;
  for (const int months : {-1, 241}) {
    patient.set_age_months(months);
    EXPECT_EQ(Checked(patient).code(), absl::StatusCode::kInvalidArgument) << months;
  }
  patient.set_age_years(-1);
  EXPECT_EQ(Checked(patient).code(), absl::StatusCode::kInvalidArgument);
  patient.set_age_years(0);
  for (const double egfr : {-1.0, 250.5, std::numeric_limits<double>::quiet_NaN()}) {
    patient.set_egfr(egfr);
    EXPECT_EQ(Checked(patient).code(), absl::StatusCode::kInvalidArgument) << egfr;
  }
  patient.clear_egfr();
  patient.set_sex(static_cast<v1::Sex>(7));
  EXPECT_EQ(Checked(patient).code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace bedside
