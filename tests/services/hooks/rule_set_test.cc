#include "services/hooks/rule_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "google/protobuf/text_format.h"
#include "services/hooks/rule_check.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/services/hooks/hook_calls.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

config::HookRules Rules(const std::vector<config::HookRule>& rules) {
  config::HookRules all;
  config::HookServiceRule& service = *all.add_services();
  service.set_id("s");
  service.set_hook(config::HOOK_ORDER_SIGN);
  service.set_description("d");
  for (const config::HookRule& rule : rules) *all.add_rules() = rule;
  return all;
}

std::string Violation(const std::string& rule) {
  const std::vector<std::string> violations = ViolationsOf(Rules({Rule(rule)}));
  EXPECT_THAT(violations, SizeIs(1)) << rule;
  return violations.empty() ? "" : violations[0];
}

TEST(RuleSetTest, HasTheRulesOfAService) {
  config::HookRule other = Rule("when { sex: SEX_MALE }");
  other.set_id("other");
  const auto set = RuleSet::Create(Rules({Rule("when { sex: SEX_FEMALE }"), other}));
  ASSERT_THAT(set, IsOk());
  EXPECT_THAT(set->RulesOf("s"), SizeIs(2));
  EXPECT_THAT(set->RulesOf("t"), IsEmpty());
  EXPECT_EQ(set->FindService("s")->hook(), config::HOOK_ORDER_SIGN);
  EXPECT_EQ(set->FindService("t"), nullptr);
}

TEST(RuleSetTest, IsReadFromAFile) {
  const std::string path = WriteFile(TempFolder(), "rules.textproto", R"(
      services { id: "s" hook: HOOK_PATIENT_VIEW description: "d" }
      rules { id: "r" services: "t" when { sex: SEX_MALE } question: "Q?" summary: "S" })");
  EXPECT_THAT(RuleSet::Read(path),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr(path), HasSubstr("rule r: services names t, which there is not"))));
  EXPECT_THAT(RuleSet::Read("/nowhere"), StatusIs(absl::StatusCode::kNotFound));
}

TEST(RuleCheckTest, ARuleThatCanSpeakIsGood) {
  EXPECT_THAT(ViolationsOf(Rules({Rule(R"(
      when { order { names: "apixaban" } }
      when { value { measurement: "egfr" below: 30 } }
      question: "How is {order} dosed at an eGFR of {value}?" summary: "{order}: look at the dose"
      override_reasons { code: "c" display: "d" })")})),
              IsEmpty());
}

TEST(RuleCheckTest, NamesTheRuleAndTheField) {
  EXPECT_EQ(Violation("indicator: HOOK_INDICATOR_INFO"), "rule r: when is empty, wanted at least one condition");
  EXPECT_EQ(Violation(R"(when { sex: SEX_MALE } question: "What of {order}?")"),
            "rule r: question has the slot {order}, which is not filled whenever the rule applies");
  EXPECT_EQ(Violation(R"(when { none_of { conditions { order { names: "x" } } } } summary: "{order}")"),
            "rule r: summary has the slot {order}, which is not filled whenever the rule applies");
  EXPECT_EQ(Violation(R"(when { value { measurement: "gfr" below: 3 } })"),
            "rule r: value.measurement names gfr, which is no measurement that is known");
  EXPECT_EQ(Violation(R"(when { value { measurement: "egfr" } })"), "rule r: value wants at_least or below");
  EXPECT_EQ(Violation(R"(when { value { measurement: "egfr" at_least: 30 below: 30 } })"),
            "rule r: value wants at_least to be less than below");
  EXPECT_EQ(Violation("when { age { below: 4294967295 } }"), "rule r: age wants at most 150");
  EXPECT_EQ(Violation("when { sex: SEX_UNSPECIFIED }"), "rule r: sex wants SEX_FEMALE or SEX_MALE");
  EXPECT_EQ(Violation("when { smoking: SMOKING_STATUS_UNSPECIFIED }"), "rule r: smoking wants a status that is known");
  EXPECT_EQ(Violation("when { age {} }"), "rule r: age wants at_least or below");
  EXPECT_EQ(Violation("when { problem {} }"), "rule r: problem has no code");
  EXPECT_EQ(Violation("when { drug {} }"), "rule r: drug has no drug");
  EXPECT_EQ(Violation(R"(when { drug { names: "Apixaban" } })"), "rule r: drug.names wants lower case");
  EXPECT_EQ(Violation(R"(when { problem { icd10: "" } })"), "rule r: problem has an empty code");
  EXPECT_EQ(Violation("when {}"), "rule r: a condition is empty");
  EXPECT_EQ(Violation("when { any_of {} }"), "rule r: any_of is empty, wanted at least one condition");
  EXPECT_EQ(Violation(R"(when { sex: SEX_MALE } override_reasons { code: "c" })"),
            "rule r: override_reasons wants a code and a display each");
}

TEST(RuleCheckTest, ASlotIsFilledByEachBranch) {
  const std::string either =
      R"(when { any_of { conditions { drug { names: "x" } } conditions { %s } } } summary: "{drug}")";
  EXPECT_THAT(ViolationsOf(Rules({Rule(absl::StrReplaceAll(either, {{"%s", R"(drug { names: "y" })"}}))})), IsEmpty());
  EXPECT_EQ(Violation(absl::StrReplaceAll(either, {{"%s", "sex: SEX_MALE"}})),
            "rule r: summary has the slot {drug}, which is not filled whenever the rule applies");
}

TEST(RuleCheckTest, IdsAreUnique) {
  const config::HookRule rule = Rule("when { sex: SEX_MALE }");
  EXPECT_THAT(ViolationsOf(Rules({rule, rule})), ElementsAre("two rules have the same id"));
  EXPECT_THAT(ViolationsOf(config::HookRules()), ElementsAre("services has 0 entries, wanted 1 to 50"));
}

}  // namespace
}  // namespace bedside
