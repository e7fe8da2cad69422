#include "tools/eval/claims/claim_check_summary.h"

#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "tests/tools/eval/claims/made_claim_check.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> Rows(const ClaimCheckResult& result) {
  std::vector<std::string> rows;
  for (const MeasuredGoal& goal : ClaimCheckGoals(result)) {
    rows.push_back(absl::StrFormat("%s: %g %s %g", goal.goal.what, goal.goal.measured,
                                   goal.goal.wants == Goal::Wants::kAtLeast ? ">=" : "<=", goal.goal.goal));
  }
  return rows;
}

TEST(ClaimCheckGoalsTest, EachSetHasTheGoalsOfWhatItHasCasesOf) {
  EXPECT_THAT(Rows(MadeClaimCheck()),
              ElementsAre("made <set>, sentences of sources: errors in numbers and units caught: 100 >= 99",
                          "made <set>, sentences of sources: errors in drugs caught: 80 >= 97",
                          "made <set>, sentences of sources: true, and refused: 0.5 <= 1",
                          "made <set>, sentences of experts: true, and refused: 15 <= 20",
                          "made <set>, sentences of experts: true, and refused by numbers: 4 <= 3",
                          "ten sentences by words alone, of the processor: p99: 0.99 <= 2"));
}

TEST(ClaimCheckGoalsTest, ErrorsOfOneGroupCountTogether) {
  ClaimCheckResult result = MadeClaimCheck();
  result.sets.resize(1);
  result.sets[0].mutated = {{ClaimMutation::kNegationAdded, {10, 10, 0, {}}},
                            {ClaimMutation::kNegationRemoved, {10, 4, 0, {}}},
                            {ClaimMutation::kDirectionReversed, {20, 20, 0, {}}}};
  const MeasuredGoal goal = ClaimCheckGoals(result)[0];
  EXPECT_EQ(goal.goal.what, "made <set>, sentences of sources: errors in negation and direction caught");
  EXPECT_EQ(goal.goal.measured, 85);
  EXPECT_EQ(goal.goal.goal, 90);
  EXPECT_EQ(goal.cases, 40u);
}

TEST(ClaimCheckGoalsTest, WithAnEncoderItIsTheWaitThatHasAGoal) {
  ClaimCheckResult result = MadeClaimCheck();
  result.embedder = "bge/1";
  EXPECT_EQ(Rows(result).back(), "ten sentences with the encoder: p99: 99 <= 80");
}

TEST(ClaimCheckGoalsTest, OfNothingThereAreNone) {
  EXPECT_THAT(ClaimCheckGoals({}), IsEmpty());
  ClaimCheckResult result;
  result.sets.emplace_back();
  result.sets[0].mutated[ClaimMutation::kDoseMoved] = {};
  EXPECT_THAT(ClaimCheckGoals(result), IsEmpty());
}

TEST(ClaimCheckGoalsTest, EveryErrorIsOfAGroup) {
  for (const ClaimMutation mutation : {ClaimMutation::kNumberChanged, ClaimMutation::kNumbersExchanged,
                                       ClaimMutation::kDoseMoved, ClaimMutation::kUnitChanged}) {
    EXPECT_EQ(GoalOf(GroupOf(mutation)), 0.99);
  }
  EXPECT_EQ(GoalOf(GroupOf(ClaimMutation::kDrugSwapped)), 0.97);
  for (const ClaimMutation mutation :
       {ClaimMutation::kNegationAdded, ClaimMutation::kNegationRemoved, ClaimMutation::kDirectionReversed}) {
    EXPECT_EQ(GoalOf(GroupOf(mutation)), 0.90);
  }
}

TEST(ClaimCheckTextTest, HasALineForEachSortOfClaimThatThereIs) {
  const std::string text = ClaimCheckText(MadeClaimCheck());
  for (const char* line :
       {"reported half, by words alone", "made <set>, sentences of sources, of 40 answers\n",
        "number changed, caught     100.0 % (96.3 to 100.0; 100 of 100)  number 100.0 %\n",
        "drug swapped, caught        80.0 % (67.0 to 88.8; 40 of 50)  name 50.0 %\n",
        "foreign, refused            75.0 % (64.5 to 83.2; 60 of 80)  not stated 75.0 %\n",
        "100 times: p50 50.00 ms, p99 99.00 ms; of the processor in this thread: p50 0.50 ms, p99 0.99 ms\n",
        "MISSED"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
  EXPECT_THAT(text, Not(HasSubstr("dose moved")));
}

TEST(ClaimCheckTextTest, OfNothingThereIsAHeadAlone) {
  const std::string text = ClaimCheckText({});
  EXPECT_EQ(text.find('\n'), text.size() - 1);
}

TEST(ClaimCheckJsonTest, HasEveryCount) {
  const nlohmann::json json = nlohmann::json::parse(ClaimCheckJson(MadeClaimCheck()));
  EXPECT_EQ(json["written_by"], "grounding_eval 1");
  EXPECT_EQ(json["half"], "reported");
  EXPECT_EQ(json["seed"], 7);
  EXPECT_EQ(json["embedder"], "");
  ASSERT_EQ(json["sets"].size(), 2u);
  EXPECT_EQ(json["sets"][0]["dataset"], "made <set>");
  EXPECT_EQ(json["sets"][0]["mutated"]["drug swapped"], nlohmann::json::parse(R"(
    {"claims": 50, "refused": 40, "refused_by_numbers": 0, "by_issue": {"name": 25}})"));
  EXPECT_EQ(json["sets"][1]["own"]["refused_by_numbers"], 4);
  EXPECT_EQ(json["wall_ms"].size(), 100u);
  EXPECT_EQ(json["cpu_ms"][99], 1.0);
  EXPECT_EQ(json["goals"].size(), 6u);
  EXPECT_EQ(json["goals"][4]["met"], false);
}

}  // namespace
}  // namespace bedside
