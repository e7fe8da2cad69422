#include "tools/eval/claims/claim_check_page.h"

#include "gmock/gmock.h"
#include "tests/tools/eval/claims/made_claim_check.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ClaimCheckPageTest, HasEverySection) {
  const std::string page = ClaimCheckPage(MadeClaimCheck());
  for (const char* heading : {"Goals", "Errors that are caught", "True sentences that are refused", "What is found",
                              "Sentences of another answer", "Time"}) {
    EXPECT_THAT(page, HasSubstr(std::string("<h2>") + heading + "</h2>\n"));
  }
}

TEST(ClaimCheckPageTest, SharesStandWithIntervalCasesAndGoal) {
  const std::string page = ClaimCheckPage(MadeClaimCheck());
  for (const char* row : {"drug swapped</th><td>0.800 (0.670 to 0.888)</td><td>40 of 50</td><td>0.97</td>",
                          "made &lt;set&gt;</th><td>0.1500 (0.0931 to 0.2328)</td><td>15 of 100</td><td>0.2</td>",
                          "made &lt;set&gt;</th><td>0.0400 (0.0157 to 0.0984)</td><td>4 of 100</td><td>0.03</td>",
                          "<td>80 % (66.96 to 88.76)</td><td>50</td><td>at least 97 %</td><td>missed</td>",
                          "sentences of sources</th><td>0.750 (0.645 to 0.832)</td><td>60 of 80</td>"}) {
    EXPECT_THAT(page, HasSubstr(row));
  }
  EXPECT_THAT(page, HasSubstr("class=\"ideal\""));
}

TEST(ClaimCheckPageTest, IssuesAreSharesOfTheClaimsOfAllSets) {
  const std::string page = ClaimCheckPage(MadeClaimCheck());
  // 60 of 80, twice.
  EXPECT_THAT(page, HasSubstr("of another answer</th><td>160</td>"));
  EXPECT_THAT(page, HasSubstr("<td>75.0 %</td>"));
  EXPECT_THAT(page, HasSubstr("true sentences of experts</th><td>100</td><td>4.0 %</td><td></td>"));
}

TEST(ClaimCheckPageTest, NothingInItIsObeyed) {
  EXPECT_THAT(ClaimCheckPage(MadeClaimCheck()), Not(HasSubstr("<set>")));
}

TEST(ClaimCheckPageTest, WhatWasNotMeasuredIsSaid) {
  ClaimCheckResult result = MadeClaimCheck();
  result.wall_ms.clear();
  result.cpu_ms.clear();
  for (ClaimSetResult& set : result.sets) set.foreign = {};
  const std::string page = ClaimCheckPage(result);
  EXPECT_THAT(page, HasSubstr("Not measured: it is, on the answers of --bioasq."));
  EXPECT_THAT(page, HasSubstr("No answer had other sources than the rest."));
  EXPECT_THAT(page, HasSubstr("No claim could be given an error."));
  EXPECT_THAT(ClaimCheckPage({}), HasSubstr("Nothing was measured."));
}

}  // namespace
}  // namespace bedside
