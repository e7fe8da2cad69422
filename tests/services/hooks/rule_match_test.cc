#include "services/hooks/rule_match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/status_matchers.h"
#include "tests/services/hooks/hook_calls.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

const absl::Time kNow = absl::FromCivil(absl::CivilDay(2026, 6, 15), absl::UTCTimeZone());

class RuleMatchTest : public ::testing::Test {
 protected:
  // Everything is known, and there is nothing, but for what a test says.
  RuleMatchTest() {
    for (const char* key : {"patient", "conditions", "medications", "allergies", "observations", "smoking"}) {
      prefetch_[key] = nullptr;
    }
  }

  RuleMatch Match(const std::string& rule) const {
    json call = OrderSign(orders_);
    call["prefetch"] = prefetch_;
    const auto parsed = ParseHookCall(call.dump());
    EXPECT_THAT(parsed, IsOk());
    const auto record = ReadHookRecord(*parsed, kNow);
    EXPECT_THAT(record, IsOk());
    return MatchRule(Rule(rule), *record);
  }

  Truth Holds(const std::string& condition) const { return Match("when { " + condition + " }").truth; }

  void Know(const char* key, const std::vector<std::string>& resources) {
    prefetch_[key] = Resource(FhirBundle(resources));
  }

  json prefetch_;
  std::vector<std::string> orders_;
};

TEST_F(RuleMatchTest, AProblemIsFoundByItsCode) {
  Know("conditions", {FhirResource("Condition", FhirCode("clinicalStatus", "s", "active", "") +
                                                    FhirCode("code", "http://hl7.org/fhir/sid/icd-10-cm", "I48.91",
                                                             "Unspecified atrial fibrillation"))});
  EXPECT_EQ(Holds(R"(problem { icd10: "I48" })"), Truth::kYes);
  EXPECT_EQ(Holds(R"(problem { icd10: "I4" snomed_ct: "49436004" })"), Truth::kYes);
  EXPECT_EQ(Holds(R"(problem { icd10: "I50" })"), Truth::kNo);
  EXPECT_THAT(Match(R"(when { problem { icd10: "I48" } })").slots,
              ElementsAre(Pair("problem", "Unspecified atrial fibrillation")));
}

TEST_F(RuleMatchTest, DrugsAreFoundByWordClassAndCode) {
  Know("medications",
       {FhirMedication("rosuvastatin calcium 10 MG Oral Tablet"), FhirMedication("warfarin", "stopped")});
  EXPECT_EQ(Holds(R"(drug { names: "rosuvastatin" })"), Truth::kYes);
  EXPECT_EQ(Holds(R"(drug { names: "statins" })"), Truth::kYes);
  EXPECT_EQ(Holds(R"(drug { rxnorm: "1" })"), Truth::kYes);
  EXPECT_EQ(Holds(R"(drug { names: "statin" })"), Truth::kNo) << "part of a word";
  EXPECT_EQ(Holds(R"(drug { names: "warfarin" })"), Truth::kNo) << "it is stopped";
  EXPECT_EQ(Holds(R"(order { names: "rosuvastatin" })"), Truth::kNo) << "it is not ordered";
  EXPECT_THAT(Match(R"(when { drug { names: "statins" } })").slots, ElementsAre(Pair("drug", "rosuvastatin")));
}

TEST_F(RuleMatchTest, AnOrderIsNotTakenYet) {
  orders_ = {FhirMedication("apixaban 5 MG Oral Tablet", "draft")};
  EXPECT_EQ(Holds(R"(order { names: "apixaban" })"), Truth::kYes);
  EXPECT_EQ(Holds(R"(drug { names: "apixaban" })"), Truth::kNo);
}

TEST_F(RuleMatchTest, ValuesAreComparedInTheUnitOfTheMeasurement) {
  Know("observations", {FhirObservation("98979-8", "24", "mL/min/{1.73_m2}", "2026-06-01"),
                        FhirObservation("4548-4", "64", "mmol/mol", "2026-06-01"),
                        FhirObservation("2823-3", "5.6", "mmol/L", "2020-06-01")});
  EXPECT_EQ(Holds(R"(value { measurement: "egfr" below: 30 })"), Truth::kYes);
  EXPECT_EQ(Holds(R"(value { measurement: "egfr" below: 24 })"), Truth::kNo);
  EXPECT_EQ(Holds(R"(value { measurement: "egfr" at_least: 24 })"), Truth::kYes);
  EXPECT_EQ(Holds(R"(value { measurement: "hba1c" at_least: 8 below: 8.1 })"), Truth::kYes);
  EXPECT_EQ(Holds(R"(value { measurement: "potassium" at_least: 5 })"), Truth::kUntold) << "it is too old";
  EXPECT_EQ(Holds(R"(value_missing: "potassium")"), Truth::kYes);
  EXPECT_EQ(Holds(R"(value_missing: "egfr")"), Truth::kNo);
  EXPECT_THAT(Match(R"(when { value { measurement: "egfr" below: 30 } })").slots, ElementsAre(Pair("value", "24")));
}

TEST_F(RuleMatchTest, FactsAreOfThePatient) {
  prefetch_["patient"] = Resource(FhirPatient("female", "1958-06-15"));
  EXPECT_EQ(Holds("age { at_least: 68 }"), Truth::kYes);
  EXPECT_EQ(Holds("age { below: 68 }"), Truth::kNo);
  EXPECT_EQ(Holds("sex: SEX_FEMALE"), Truth::kYes);
  EXPECT_EQ(Holds("sex: SEX_MALE"), Truth::kNo);
  EXPECT_EQ(Holds("pregnant: true"), Truth::kNo);
  EXPECT_EQ(Holds("smoking: SMOKING_STATUS_CURRENT"), Truth::kUntold);
}

TEST_F(RuleMatchTest, WhatARecordDoesNotTellIsNeitherTrueNorFalse) {
  prefetch_["patient"] = Resource(R"({"resourceType": "Patient", "id": "p1", "gender": "unknown"})");
  for (const char* condition : {"age { below: 18 }", "sex: SEX_FEMALE"}) {
    EXPECT_EQ(Holds(condition), Truth::kUntold) << condition;
    EXPECT_EQ(Holds(absl::StrCat("none_of { conditions { ", condition, " } }")), Truth::kUntold) << condition;
  }
  EXPECT_EQ(Holds("pregnant: true"), Truth::kNo) << "a record that is whole names a pregnancy";
  EXPECT_EQ(Holds("pregnant: false"), Truth::kYes);
  prefetch_.erase("observations");
  EXPECT_EQ(Holds("pregnant: true"), Truth::kUnknown);
  prefetch_["patient"] = Resource(FhirPatient("male", "1958-06-15"));
  EXPECT_EQ(Holds("pregnant: true"), Truth::kNo);
}

TEST_F(RuleMatchTest, WhatMatchesByItsCodeAloneIsCalledByIt) {
  Know(
      "conditions",
      {FhirResource("Condition", FhirCode("clinicalStatus", "s", "active", "") +
                                     R"(,"code":{"coding":[{"system":"http://snomed.info/sct","code":"49436004"}]})")});
  EXPECT_THAT(Match(R"(when { problem { snomed_ct: "49436004" } })").slots, ElementsAre(Pair("problem", "49436004")));
}

TEST_F(RuleMatchTest, ADrugWithoutANameMayBeAny) {
  const std::string none = R"(none_of { conditions { drug { names: "anticoagulants" rxnorm: "11289" } } })";
  EXPECT_EQ(Holds(none), Truth::kYes);
  Know("medications", {R"({"resourceType": "MedicationRequest", "status": "active", "intent": "order",
                           "subject": {"reference": "Patient/p1"}, "medicationReference": {"reference": "Medication/9"}})"});
  EXPECT_EQ(Holds(none), Truth::kUntold);
  EXPECT_THAT(Match(absl::StrCat("when { ", none, " }")).missing, IsEmpty()) << "nothing that could be sent would tell";
  Know("medications", {FhirMedication("metformin")});
  EXPECT_EQ(Holds(none), Truth::kYes);
}

TEST_F(RuleMatchTest, AProductOfRxNormWithoutANameMayBeAny) {
  Know("medications", {FhirMedication("")});
  EXPECT_EQ(Holds(R"(none_of { conditions { drug { names: "anticoagulants" rxnorm: "11289" } } })"), Truth::kUntold);
  EXPECT_EQ(Holds(R"(none_of { conditions { drug { rxnorm: "11289" } } })"), Truth::kYes);
}

TEST_F(RuleMatchTest, OfSeveralDrugsInOneTheOneThatIsMeantIsNamed) {
  orders_ = {FhirMedication("amlodipine 5 MG / atorvastatin 10 MG Oral Tablet", "draft")};
  EXPECT_THAT(Match(R"(when { order { names: "statins" } })").slots, ElementsAre(Pair("order", "atorvastatin")));
  EXPECT_THAT(Match(R"(when { order { names: "amlodipine" } })").slots, ElementsAre(Pair("order", "amlodipine")));
}

TEST_F(RuleMatchTest, AMeasurementThatIsNotKnownIsNotWithinARangeNorWithout) {
  EXPECT_EQ(Holds(R"(none_of { conditions { value { measurement: "egfr" below: 30 } } })"), Truth::kUntold);
}

TEST_F(RuleMatchTest, AProblemInAnotherCodeSystemMayBeTheSame) {
  Know("conditions", {FhirResource("Condition", FhirCode("clinicalStatus", "s", "active", "") +
                                                    FhirCode("code", "http://snomed.info/sct", "49436004",
                                                             "Atrial fibrillation (disorder)"))});
  EXPECT_EQ(Holds(R"(problem { icd10: "I48" })"), Truth::kUntold);
  EXPECT_EQ(Holds(R"(problem { icd10: "I50" snomed_ct: "84114007" })"), Truth::kNo);
}

TEST_F(RuleMatchTest, APageOfASearchIsNotAllOfIt) {
  prefetch_["medications"] = Resource(FhirBundle({FhirMedication("metformin")}));
  prefetch_["medications"]["link"] = {{{"relation", "next"}, {"url", "https://fhir.example/next"}}};
  EXPECT_EQ(Holds(R"(drug { names: "metformin" })"), Truth::kYes);
  const RuleMatch match = Match(R"(when { none_of { conditions { drug { names: "statins" } } } })");
  EXPECT_EQ(match.truth, Truth::kUnknown);
  EXPECT_THAT(match.missing, ElementsAre("medications"));
}

TEST_F(RuleMatchTest, SlotsAreOfTheBranchThatHolds) {
  Know("medications", {FhirMedication("metformin"), FhirMedication("apixaban")});
  Know("observations", {FhirObservation("98979-8", "40", "mL/min/{1.73_m2}", "2026-06-01")});
  EXPECT_THAT(Match(R"(when { any_of {
                conditions { all_of { conditions { drug { names: "metformin" } }
                                      conditions { value { measurement: "egfr" below: 30 } } } }
                conditions { all_of { conditions { drug { names: "apixaban" } }
                                      conditions { value { measurement: "egfr" below: 45 } } } } } })")
                  .slots,
              UnorderedElementsAre(Pair("drug", "apixaban"), Pair("value", "40")));
}

TEST_F(RuleMatchTest, AValueIsWrittenOnItsSideOfTheLimit) {
  for (const auto& [value, text] : std::vector<std::pair<std::string, std::string>>{
           {"29.96", "29.96"}, {"24", "24"}, {"24.04", "24"}, {"5.25", "5.25"}}) {
    Know("observations", {FhirObservation("98979-8", value, "mL/min/{1.73_m2}", "2026-06-01")});
    const RuleMatch match = Match(R"(when { value { measurement: "egfr" below: 30 } })");
    ASSERT_EQ(match.truth, Truth::kYes) << value;
    EXPECT_EQ(match.slots.at("value"), text);
  }
  Know("observations", {FhirObservation("1742-6", "1500", "U/L", "2026-06-01")});
  EXPECT_THAT(Match(R"(when { value { measurement: "alt" at_least: 120 } })").slots,
              ElementsAre(Pair("value", "1500")));
}

TEST_F(RuleMatchTest, AnOrderMeetsAnAllergyOfItsClass) {
  orders_ = {FhirMedication("amoxicillin 500 MG Oral Capsule", "draft")};
  EXPECT_EQ(Holds("order_meets_allergy: true"), Truth::kNo);
  orders_ = {FhirMedication("metformin", "draft"), FhirMedication("amoxicillin 500 MG Oral Capsule", "draft")};
  Know("allergies", {FhirAllergy("Penicillin V")});
  EXPECT_EQ(Holds("order_meets_allergy: true"), Truth::kYes);
  EXPECT_THAT(Match("when { order_meets_allergy: true }").slots,
              UnorderedElementsAre(Pair("order", "amoxicillin"), Pair("allergy", "penicillin")));
}

TEST_F(RuleMatchTest, WhereNothingIsOrderedNoAllergyIsAskedFor) {
  prefetch_.erase("allergies");
  EXPECT_EQ(Holds("order_meets_allergy: true"), Truth::kNo);
  orders_ = {FhirMedication("amoxicillin 500 MG Oral Capsule", "stopped")};
  EXPECT_EQ(Holds("order_meets_allergy: true"), Truth::kNo);
  orders_ = {FhirMedication("amoxicillin 500 MG Oral Capsule", "draft")};
  EXPECT_EQ(Holds("order_meets_allergy: true"), Truth::kUnknown);
}

TEST_F(RuleMatchTest, AnAllergyIsFoundAsADrugIs) {
  Know("allergies", {FhirAllergy("Amoxicillin")});
  EXPECT_EQ(Holds(R"(allergy { names: "penicillins" })"), Truth::kYes);
  EXPECT_EQ(Holds(R"(allergy { names: "cephalosporins" })"), Truth::kNo);
  EXPECT_THAT(Match(R"(when { allergy { names: "penicillins" } })").slots, ElementsAre(Pair("allergy", "amoxicillin")));
}

TEST_F(RuleMatchTest, ConditionsAreCombined) {
  prefetch_["patient"] = Resource(FhirPatient("female", "1958-06-15"));
  const std::string yes = "conditions { sex: SEX_FEMALE }", no = "conditions { sex: SEX_MALE }";
  EXPECT_EQ(Holds("any_of { " + no + yes + " }"), Truth::kYes);
  EXPECT_EQ(Holds("any_of { " + no + no + " }"), Truth::kNo);
  EXPECT_EQ(Holds("all_of { " + yes + no + " }"), Truth::kNo);
  EXPECT_EQ(Holds("none_of { " + no + no + " }"), Truth::kYes);
  EXPECT_EQ(Holds("none_of { " + yes + no + " }"), Truth::kNo);
}

TEST_F(RuleMatchTest, WhatIsNotKnownIsNeitherTrueNorFalse) {
  prefetch_ = json::object();
  EXPECT_EQ(Holds(R"(problem { icd10: "I48" })"), Truth::kUnknown);
  EXPECT_EQ(Holds("none_of { conditions { age { below: 18 } } }"), Truth::kUnknown);
  EXPECT_THAT(Match(R"(when { value { measurement: "egfr" below: 30 } })").missing,
              UnorderedElementsAre("observations", "patient"));
}

TEST_F(RuleMatchTest, WhatDecidesWithoutItNeedsNotBeKnown) {
  prefetch_ = json::object();
  const RuleMatch match =
      Match(R"(when { order { names: "apixaban" } } when { value { measurement: "egfr" below: 30 } })");
  EXPECT_EQ(match.truth, Truth::kNo);
  EXPECT_THAT(match.missing, IsEmpty());
}

TEST_F(RuleMatchTest, ResourcesOfOthersAreNotThePatients) {
  json other = Resource(FhirAllergy("Penicillin V"));
  other["patient"] = {{"reference", "Patient/p2"}};
  orders_ = {FhirMedication("amoxicillin", "draft")};
  Know("allergies", {other.dump()});
  EXPECT_EQ(Holds("order_meets_allergy: true"), Truth::kNo);
}

TEST(FillSlotsTest, FillsAllOrNothing) {
  EXPECT_EQ(FillSlots("How is {order} dosed at {value}?", {{"order", "apixaban"}, {"value", "24"}}),
            "How is apixaban dosed at 24?");
  EXPECT_EQ(FillSlots("How is {order} dosed?", {}), absl::nullopt);
  EXPECT_EQ(FillSlots("no slots", {}), "no slots");
}

}  // namespace
}  // namespace bedside
