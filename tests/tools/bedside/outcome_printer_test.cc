#include "tools/bedside/outcome_printer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace bedside {
namespace {

v1::RuleOutcomes Outcomes(const std::string& rule, int accepted, int overridden, const std::string& code = "") {
  v1::RuleOutcomes outcomes;
  outcomes.set_rule(rule);
  outcomes.set_shown(accepted + overridden);
  outcomes.set_accepted(accepted);
  outcomes.set_overridden(overridden);
  if (code.empty()) return outcomes;
  v1::OverrideCount& reason = *outcomes.add_reasons();
  reason.set_code(code);
  reason.set_count(overridden);
  return outcomes;
}

std::string Printed(const std::vector<v1::RuleOutcomes>& outcomes) {
  std::ostringstream out;
  Console console;
  console.out = &out;
  PrintOutcomes(outcomes, console);
  return out.str();
}

TEST(OutcomePrinterTest, AddsUpTheDaysOfARule) {
  EXPECT_EQ(Printed({Outcomes("metformin", 1, 2, "known"), Outcomes("metformin", 1000, 1, "known"),
                     Outcomes("apixaban", 0, 0)}),
            "apixaban  shown 0 · accepted 0 · overridden 0 · unseen 0 · not decided yet 0\n"
            "metformin  shown 1,004 · accepted 1,001 · overridden 3 · unseen 0 · not decided yet 0\n"
            "  overridden because: known (3)\n");
}

TEST(OutcomePrinterTest, KeepsCodesOfTwoSystemsApart) {
  v1::RuleOutcomes outcomes = Outcomes("metformin", 0, 2, "1");
  outcomes.mutable_reasons(0)->set_system("a");
  v1::OverrideCount& other = *outcomes.add_reasons();
  other.set_system("b");
  other.set_code("1");
  other.set_count(5);
  EXPECT_THAT(Printed({outcomes}), ::testing::HasSubstr("overridden because: 1 (2), 1 (5)\n"));
}

TEST(OutcomePrinterTest, SaysThatThereIsNone) { EXPECT_EQ(Printed({}), "No card was shown.\n"); }

}  // namespace
}  // namespace bedside
