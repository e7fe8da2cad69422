#include "tools/eval/claim_mutation.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::AnyOf;

constexpr char kClaim[] = "Ramipril 5 mg and metoprolol 25 mg do not increase mortality, which is 12 in CD4 cells.";

absl::optional<std::string> Mutated(absl::string_view claim, ClaimMutation mutation, uint64_t seed = 1) {
  SplitMix64 random(seed);
  return Mutate(claim, mutation, {"warfarin", "ramipril"}, &random);
}

TEST(ClaimMutationTest, MakesOneError) {
  EXPECT_EQ(Mutated("Give 5 mg and 25 mg.", ClaimMutation::kNumbersExchanged), "Give 25 mg and 5 mg.");
  EXPECT_EQ(Mutated("Give 5 mg.", ClaimMutation::kUnitChanged), "Give 5 g.");
  EXPECT_EQ(Mutated("It is safe.", ClaimMutation::kNegationAdded), "It is not safe.");
  EXPECT_EQ(Mutated("It is not safe.", ClaimMutation::kNegationRemoved), "It is safe.");
  EXPECT_EQ(Mutated("Give ramipril.", ClaimMutation::kDrugSwapped), "Give warfarin.");
  EXPECT_EQ(Mutated("It increases risk.", ClaimMutation::kDirectionReversed), "It decreases risk.");
}

TEST(ClaimMutationTest, ChangesANumberToAnotherOne) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const auto mutated = Mutated("Give 5 mg in CD4 disease.", ClaimMutation::kNumberChanged, seed);
    ASSERT_TRUE(mutated.has_value());
    EXPECT_NE(*mutated, "Give 5 mg in CD4 disease.");
    EXPECT_EQ(mutated->size(), 25u);
    EXPECT_EQ(mutated->substr(6), " mg in CD4 disease.") << "the number of a name is none";
  }
}

TEST(ClaimMutationTest, MovesADoseToTheOtherDrug) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    EXPECT_THAT(*Mutated("Ramipril 5 mg beats warfarin.", ClaimMutation::kDoseMoved, seed),
                AnyOf("Ramipril beats warfarin 5 mg.", "warfarin 5 mg beats Ramipril."));
  }
}

TEST(ClaimMutationTest, IsTheSameForTheSameSeed) {
  for (const ClaimMutation mutation : kClaimMutations) {
    EXPECT_EQ(Mutated(kClaim, mutation, 7), Mutated(kClaim, mutation, 7)) << NameOf(mutation);
    EXPECT_NE(Mutated(kClaim, mutation, 7), absl::make_optional<std::string>(kClaim)) << NameOf(mutation);
  }
}

TEST(ClaimMutationTest, MakesNoneOfNothing) {
  for (const ClaimMutation mutation : kClaimMutations) {
    EXPECT_FALSE(Mutated("", mutation).has_value()) << NameOf(mutation);
    EXPECT_FALSE(Mutated("Zebras run", mutation).has_value()) << NameOf(mutation);
  }
  EXPECT_FALSE(Mutated("Give 5 mg and 5 mg.", ClaimMutation::kNumbersExchanged).has_value()) << "no different ones";
  EXPECT_FALSE(Mutated("It is not safe.", ClaimMutation::kNegationAdded).has_value()) << "there is one";
  EXPECT_FALSE(Mutated("Ramipril 5 mg.", ClaimMutation::kDoseMoved).has_value()) << "no other drug";
}

}  // namespace
}  // namespace bedside
