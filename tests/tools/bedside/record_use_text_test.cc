#include "tools/bedside/record_use_text.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(RecordUseTextTest, SaysWhatWasUsedAndWhatNotInALine) {
  v1::PatientContextUse use;
  v1::PatientContextItem& egfr = *use.add_used();
  egfr.set_kind(v1::PATIENT_CONTEXT_KIND_OBSERVATION);
  egfr.set_name("egfr");
  egfr.set_count(1);
  egfr.set_formula("CKD-EPI 2021");
  egfr.set_age_days(12);
  v1::PatientContextItem& problems = *use.add_used();
  problems.set_kind(v1::PATIENT_CONTEXT_KIND_PROBLEM);
  problems.set_count(2);
  v1::PatientContextItem& other = *use.add_ignored();
  other.set_kind(v1::PATIENT_CONTEXT_KIND_OTHER_RESOURCE);
  other.set_count(26);
  other.set_reason(v1::PATIENT_CONTEXT_REASON_NOT_READ);
  use.add_searched_with("Type 2 diabetes mellitus");
  EXPECT_EQ(
      RecordUseText(use),
      "of the patient's record: used egfr (CKD-EPI 2021, 12 days), 2 problem; ignored 26 other resource (not read); "
      "searched with Type 2 diabetes mellitus");
}

}  // namespace
}  // namespace bedside
