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
  CheckPatient(patient, &violations);
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
