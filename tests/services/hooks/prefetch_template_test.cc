#include "services/hooks/prefetch_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/hooks/hook_calls.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

PrefetchTemplates Templates(const std::string& rule) {
  const config::HookRule parsed = Rule(rule);
  return TemplatesFor({&parsed});
}

TEST(PrefetchTemplateTest, AsksForThePatientAndWhatHarms) {
  const PrefetchTemplates templates = Templates("when { sex: SEX_MALE }");
  EXPECT_EQ(templates.at("patient"), "Patient/{{context.patientId}}");
  EXPECT_EQ(templates.at("allergies"),
            "AllergyIntolerance?patient={{context.patientId}}&clinical-status=active&_count=250");
  EXPECT_EQ(templates.count("smoking"), 0u);
}

TEST(PrefetchTemplateTest, AsksForTheMeasurementsOfTheRules) {
  const std::string hba1c =
      Templates(R"(when { any_of { conditions { value { measurement: "hba1c" below: 6 } } } })").at("observations");
  EXPECT_THAT(hba1c, AllOf(HasSubstr("4548-4"), HasSubstr("2160-0"), Not(HasSubstr("2823-3"))))
      << "and for what an eGFR is computed from";
  EXPECT_THAT(Templates(R"(when { value_missing: "potassium" })").at("observations"), HasSubstr("2823-3"));
  EXPECT_THAT(Templates("when { pregnant: true }").at("observations"), HasSubstr("82810-3"));
  EXPECT_THAT(Templates("when { smoking: SMOKING_STATUS_CURRENT }").at("smoking"), HasSubstr("code=72166-2"));
}

TEST(PrefetchTemplateTest, IsAQueryForOnePatient) {
  EXPECT_EQ(QueryOf("Condition?patient={{context.patientId}}&clinical-status=active", "p-1"),
            "Condition?patient=p-1&clinical-status=active");
}

}  // namespace
}  // namespace bedside
