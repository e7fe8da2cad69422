#include "tools/eval/claims/claim_check_result.h"

#include <set>
#include <string>

#include "gmock/gmock.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr absl::string_view kClaim = "Give 5 mg of aspirin.";

// On the words of kClaim.
GroundingIssue Issue(IssueKind kind, absl::string_view word) {
  const auto begin = static_cast<uint32_t>(kClaim.find(word));
  return {kind, {begin, begin + static_cast<uint32_t>(word.size())}, 0, {}};
}

CheckedClaims CountOf(const std::vector<GroundingIssue>& issues) {
  CheckedClaims counts;
  Count(kClaim, {issues, {}, false}, &counts);
  return counts;
}

TEST(CheckedClaimsTest, ASupportedClaimIsCountedAndNothingElse) {
  const CheckedClaims counts = CountOf({});
  EXPECT_EQ(counts.claims, 1u);
  EXPECT_EQ(counts.refused, 0u);
  EXPECT_EQ(counts.refused_by_numbers, 0u);
  EXPECT_THAT(counts.by_issue, IsEmpty());
}

TEST(CheckedClaimsTest, IssuesOfOneKindCountOnce) {
  const CheckedClaims counts = CountOf(
      {Issue(IssueKind::kName, "aspirin"), Issue(IssueKind::kName, "Give"), Issue(IssueKind::kNotStated, "Give")});
  EXPECT_EQ(counts.refused, 1u);
  EXPECT_THAT(counts.by_issue, ElementsAre(Pair(IssueKind::kName, 1), Pair(IssueKind::kNotStated, 1)));
}

TEST(CheckedClaimsTest, NumbersUnitsAndComparisonsAreOfNumbers) {
  for (const IssueKind kind : {IssueKind::kNumber, IssueKind::kUnit, IssueKind::kComparison}) {
    EXPECT_EQ(CountOf({Issue(kind, "5 mg")}).refused_by_numbers, 1u);
  }
  for (const IssueKind kind : {IssueKind::kName, IssueKind::kNegation, IssueKind::kDirection, IssueKind::kNotStated,
                               IssueKind::kOnlyNamesSource}) {
    EXPECT_EQ(CountOf({Issue(kind, "5 mg")}).refused_by_numbers, 0u);
  }
}

TEST(CheckedClaimsTest, ABindingIsOfNumbersWhereANumberIsBound) {
  EXPECT_EQ(CountOf({Issue(IssueKind::kBinding, "5 mg")}).refused_by_numbers, 1u);
  EXPECT_EQ(CountOf({Issue(IssueKind::kBinding, "aspirin")}).refused_by_numbers, 0u);
}

TEST(CheckedClaimsTest, SumsHoldAllThatIsCounted) {
  CheckedClaims sum = CountOf({});
  Add(CountOf({Issue(IssueKind::kUnit, "mg"), Issue(IssueKind::kName, "aspirin")}), &sum);
  Add(CountOf({Issue(IssueKind::kName, "aspirin")}), &sum);
  EXPECT_EQ(sum.claims, 3u);
  EXPECT_EQ(sum.refused, 2u);
  EXPECT_EQ(sum.refused_by_numbers, 1u);
  EXPECT_THAT(sum.by_issue, ElementsAre(Pair(IssueKind::kUnit, 1), Pair(IssueKind::kName, 2)));
}

TEST(CheckedClaimsTest, EveryKindOfIssueHasANameOfItsOwn) {
  std::set<std::string> names;
  for (const IssueKind kind : kIssueKinds) names.insert(std::string(NameOf(kind)));
  EXPECT_EQ(names.size(), 9u);
  EXPECT_EQ(NameOf(IssueKind::kNumber), "number");
  EXPECT_EQ(NameOf(IssueKind::kOnlyNamesSource), "only names source");
  EXPECT_NE(NameOf(ClaimOrigin::kSources), NameOf(ClaimOrigin::kExperts));
}

}  // namespace
}  // namespace bedside
