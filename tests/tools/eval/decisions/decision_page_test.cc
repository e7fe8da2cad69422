#include "tools/eval/decisions/decision_page.h"

#include "gmock/gmock.h"
#include "tests/tools/eval/decisions/made_decisions.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(DecisionPageTest, HasEverySection) {
  const std::string page = DecisionPage(MadeDecisions());
  for (const char* heading : {"Goals", "When it abstains", "Outcomes", "Telling answerable from unanswerable questions",
                              "Risk and coverage", "How much of what experts answer", "Time of an answer"}) {
    EXPECT_THAT(page, HasSubstr(std::string("<h2>") + heading + "</h2>\n"));
  }
  EXPECT_THAT(page, HasSubstr("the 60 documents that are left where the 40 that bear"));
}

TEST(DecisionPageTest, FiguresStandWithIntervalAndGoal) {
  const std::string page = DecisionPage(MadeDecisions());
  for (const char* row :
       {"outside</th><td>0.900 (0.596 to 0.982)</td><td>9 of 10</td>",
        "ABSTENTION_REASON_OUT_OF_SCOPE</th><td></td><td></td><td>9: 0.900 (0.596 to 0.982)</td>",
        "by the relevance of the first passage</th><td>0.875 (", "area under the curve</th><td>0.289 (",
        "embedding</th><td>0.750 (", "<td>1.250 (1.250 to 1.250)</td>", "beyond retrieval</th><td>3.00 (",
        "abstains on questions from outside medicine</th><td>90 % (59.58 to 98.21)</td><td>10</td>"}) {
    EXPECT_THAT(page, HasSubstr(row));
  }
  EXPECT_THAT(page, HasSubstr(">ROUGE-2, first passage<"));
}

TEST(DecisionPageTest, CheckingIsTimedWhereALanguageModelWrote) {
  EXPECT_THAT(DecisionPage(MadeDecisions()), Not(HasSubstr("checking what a language model wrote")));
  DecisionResult result = MadeDecisions();
  result.groups[0].questions[0].verify_ms = 1.5;
  EXPECT_THAT(DecisionPage(result), HasSubstr("checking what a language model wrote</th><td>0.00"));
}

TEST(DecisionPageTest, NothingInItIsObeyed) { EXPECT_THAT(DecisionPage(MadeDecisions()), Not(HasSubstr("<1>"))); }

TEST(DecisionPageTest, WhatWasNotMeasuredIsSaid) {
  const std::string page = DecisionPage({});
  for (const char* words :
       {"Nothing was measured.", "No question was asked.", "Questions of one kind only were asked.",
        "No judged question was asked.", "No answer could be compared", "No question was answered."}) {
    EXPECT_THAT(page, HasSubstr(words));
  }
}

}  // namespace
}  // namespace bedside
