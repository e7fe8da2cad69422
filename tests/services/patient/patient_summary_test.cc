#include "services/patient/patient_summary.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/patient/ckd_epi.h"

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kCreatinine[] = "2160-0";
constexpr char kEgfr[] = "98979-8";

// "used: creatinine" and the like, one an item; with count, reason and formula where there are any.
std::vector<std::string> Listed(const google::protobuf::RepeatedPtrField<v1::PatientContextItem>& items) {
  std::vector<std::string> texts;
  for (const v1::PatientContextItem& item : items) {
    std::string text = item.name().empty() ? v1::PatientContextKind_Name(item.kind()).substr(21) : item.name();
    if (item.count() > 1) absl::StrAppend(&text, " x", item.count());
    if (item.reason() != 0) absl::StrAppend(&text, " ", v1::PatientContextReason_Name(item.reason()).substr(23));
    if (!item.formula().empty()) absl::StrAppend(&text, " by ", item.formula());
    texts.push_back(text);
  }
  return texts;
}

class PatientSummaryTest : public testing::Test {
 protected:
  PatientSummaryTest() {
    reading_.context.mutable_facts()->set_age_years(68);
    reading_.context.mutable_facts()->set_sex(v1::SEX_FEMALE);
  }

  void Measure(const std::string& loinc, double value, const std::string& unit, absl::optional<int> age_days) {
    v1::PatientObservation& observation = *reading_.context.add_observations();
    observation.set_loinc(loinc);
    observation.set_value(value);
    observation.set_unit(unit);
    if (age_days.has_value()) observation.set_age_days(*age_days);
  }

  void AddAllergy(const std::string& display) {
    reading_.context.add_allergies()->mutable_substance()->set_display(display);
  }

  PatientSummary Summary() { return Summarise(stated_, reading_); }

  v1::PatientFacts stated_;
  PatientReading reading_;
};

TEST_F(PatientSummaryTest, ComputesTheEgfrByItsFormulaWhereNoneIsGiven) {
  Measure(kCreatinine, 168, "umol/L", 12);
  const PatientSummary summary = Summary();
  EXPECT_EQ(summary.facts.egfr(), 28);
  ASSERT_NE(summary.Find("egfr"), nullptr);
  EXPECT_EQ(summary.Find("egfr")->formula, kCkdEpi2021);
  EXPECT_EQ(summary.Find("egfr")->age_days, 12);
  EXPECT_THAT(Listed(summary.use->used()), ElementsAre("age", "sex", "egfr by CKD-EPI 2021", "creatinine"));
}

TEST_F(PatientSummaryTest, AnEgfrThatIsGivenIsTaken) {
  Measure(kCreatinine, 1.9, "mg/dL", 12);
  Measure(kEgfr, 33, "mL/min/{1.73_m2}", 20);
  const PatientSummary summary = Summary();
  EXPECT_EQ(summary.facts.egfr(), 33);
  EXPECT_EQ(summary.Find("egfr")->formula, "");
}

TEST_F(PatientSummaryTest, NoEgfrIsComputedWithoutSexOrForAChild) {
  Measure(kCreatinine, 1.9, "mg/dL", 12);
  reading_.context.mutable_facts()->clear_sex();
  EXPECT_FALSE(Summary().facts.has_egfr());
  EXPECT_THAT(Listed(Summary().use->missing()), ElementsAre("sex", "egfr", "PROBLEM", "DRUG", "ALLERGY"));
  reading_.context.mutable_facts()->set_sex(v1::SEX_FEMALE);
  reading_.context.mutable_facts()->set_age_years(17);
  EXPECT_FALSE(Summary().facts.has_egfr());
  EXPECT_THAT(Listed(Summary().use->missing()), Contains("egfr"));
}

TEST_F(PatientSummaryTest, WhatIsTooOldIsListedAndIsNoFact) {
  Measure(kEgfr, 33, "mL/min/{1.73_m2}", 366);
  const PatientSummary summary = Summary();
  EXPECT_FALSE(summary.facts.has_egfr());
  EXPECT_TRUE(summary.Find("egfr")->is_stale);
  EXPECT_THAT(Listed(summary.use->stale()), ElementsAre("egfr"));
  EXPECT_THAT(Listed(summary.use->missing()), Contains("egfr"));
}

TEST_F(PatientSummaryTest, WhatHasNoDateIsTooOld) {
  Measure(kCreatinine, 1.9, "mg/dL", absl::nullopt);
  EXPECT_THAT(Listed(Summary().use->stale()), ElementsAre("creatinine"));
  EXPECT_FALSE(Summary().facts.has_egfr());
}

TEST_F(PatientSummaryTest, FreshCreatinineReplacesAnEgfrThatIsTooOld) {
  Measure(kEgfr, 60, "mL/min/{1.73_m2}", 800);
  Measure(kCreatinine, 1.9, "mg/dL", 12);
  const PatientSummary summary = Summary();
  EXPECT_EQ(summary.facts.egfr(), 28);
  EXPECT_THAT(Listed(summary.use->stale()), ElementsAre("egfr"));
  EXPECT_THAT(Listed(summary.use->used()), Contains("egfr by CKD-EPI 2021"));
}

TEST_F(PatientSummaryTest, NewestValueCountsInWhateverOrder) {
  Measure(kCreatinine, 1.0, "mg/dL", 100);
  Measure(kCreatinine, 2.0, "mg/dL", 3);
  Measure(kCreatinine, 3.0, "mg/dL", 50);
  EXPECT_EQ(Summary().Find("creatinine")->value, 2.0);
  EXPECT_THAT(Listed(Summary().use->ignored()), ElementsAre("creatinine x2 SUPERSEDED"));
}

TEST_F(PatientSummaryTest, ValueOfUnknownUnitIsNotUsedAndIsListed) {
  Measure(kCreatinine, 1.9, "furlong", 3);
  Measure("2345-7", 5, "", 3);
  EXPECT_THAT(Summary().values, IsEmpty());
  EXPECT_THAT(Listed(Summary().use->ignored()), ElementsAre("creatinine UNKNOWN_UNIT", "glucose UNKNOWN_UNIT"));
}

TEST_F(PatientSummaryTest, ValueThatNobodyCanHaveIsNotUsed) {
  Measure(kCreatinine, 168, "mg/dL", 3);
  Measure("8302-2", 1.7, "cm", 3);
  EXPECT_THAT(Listed(Summary().use->ignored()),
              ElementsAre("body_height NO_USABLE_VALUE", "creatinine NO_USABLE_VALUE"));
}

TEST_F(PatientSummaryTest, WhatTheRequestStatesGoesBeforeTheRecord) {
  stated_.set_age_years(40);
  stated_.set_egfr(80);
  Measure(kEgfr, 33, "mL/min/{1.73_m2}", 3);
  const PatientSummary summary = Summary();
  EXPECT_EQ(summary.facts.age_years(), 40);
  EXPECT_EQ(summary.facts.egfr(), 80);
  EXPECT_EQ(summary.facts.sex(), v1::SEX_FEMALE);
  EXPECT_THAT(Listed(summary.use->ignored()), ElementsAre("age OVERRIDDEN"));
}

TEST_F(PatientSummaryTest, NamesOfCodesAreKeptOnceAndOthersCounted) {
  for (const char* display : {"Type 2 diabetes mellitus (disorder)", "Type 2 diabetes mellitus", "", "<b>x</b>"}) {
    reading_.context.add_problems()->set_display(display);
  }
  EXPECT_THAT(Summary().problems, ElementsAre("Type 2 diabetes mellitus"));
  EXPECT_THAT(Listed(Summary().use->ignored()), ElementsAre("PROBLEM x2 NO_KNOWN_CODE", "PROBLEM SUPERSEDED"));
}

TEST_F(PatientSummaryTest, StoppedDrugsAreNotTaken) {
  reading_.context.add_drugs()->mutable_drug()->set_display("metformin");
  v1::PatientDrug& stopped = *reading_.context.add_drugs();
  stopped.mutable_drug()->set_display("aspirin");
  stopped.set_stopped(true);
  EXPECT_THAT(Summary().drugs, ElementsAre("metformin"));
  EXPECT_THAT(Listed(Summary().use->ignored()), ElementsAre("DRUG NOT_IN_FORCE"));
}

TEST_F(PatientSummaryTest, AllergyThatCannotBeReadIsCountedAndNotForgotten) {
  AddAllergy("Penicillin V (substance)");
  AddAllergy("");
  const PatientSummary summary = Summary();
  ASSERT_EQ(summary.allergies.size(), 1u);
  EXPECT_EQ(summary.allergies[0].substance().display(), "Penicillin V");
  EXPECT_EQ(summary.unread_allergies, 1);
  EXPECT_THAT(Listed(summary.use->missing()), Not(Contains("ALLERGY")));
}

TEST_F(PatientSummaryTest, MoreThanAnybodyHasIsNotRead) {
  for (int i = 0; i < 300; ++i) {
    AddAllergy(absl::StrCat("substance ", i));
    reading_.context.add_problems()->set_display(absl::StrCat("problem ", i));
  }
  const PatientSummary summary = Summary();
  EXPECT_EQ(summary.allergies.size(), 200u);
  EXPECT_EQ(summary.unread_allergies, 100);
  EXPECT_EQ(summary.problems.size(), 200u);
  EXPECT_THAT(Listed(summary.use->ignored()), Contains("PROBLEM x100 NOT_READ"));
}

TEST_F(PatientSummaryTest, NoKnownAllergyIsNoneOnlyWhereNoneIsListed) {
  reading_.context.set_no_known_allergies(true);
  EXPECT_TRUE(Summary().no_known_allergies);
  EXPECT_THAT(Listed(Summary().use->used()), Contains("none_known"));
  AddAllergy("Penicillin V");
  EXPECT_FALSE(Summary().no_known_allergies);
}

TEST_F(PatientSummaryTest, ManIsNotPregnant) {
  reading_.context.mutable_facts()->set_sex(v1::SEX_MALE);
  reading_.context.mutable_facts()->set_pregnant(true);
  EXPECT_FALSE(Summary().facts.has_pregnant());
}

TEST_F(PatientSummaryTest, WithoutARecordThereIsNothingToList) {
  stated_.set_age_years(40);
  EXPECT_FALSE(Summarise(stated_).use.has_value());
  EXPECT_EQ(Summarise(stated_).facts.age_years(), 40);
}

}  // namespace
}  // namespace bedside
