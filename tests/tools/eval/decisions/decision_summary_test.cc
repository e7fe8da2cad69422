#include "tools/eval/decisions/decision_summary.h"

#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "tests/tools/eval/decisions/made_decisions.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

std::vector<std::string> Rows(const DecisionResult& result) {
  std::vector<std::string> rows;
  for (const MeasuredGoal& goal : DecisionGoals(result)) {
    rows.push_back(absl::StrFormat("%s: %g %s %g, %d cases", goal.goal.what, goal.goal.measured,
                                   goal.goal.wants == Goal::Wants::kAtLeast ? ">=" : "<=", goal.goal.goal, goal.cases));
  }
  return rows;
}

TEST(DecisionGoalsTest, EachThingMeasuredHasItsGoal) {
  EXPECT_THAT(Rows(MadeDecisions()),
              ElementsAre("AUROC, answerable above unanswerable questions: 0.875 >= 0.9, 6 cases",
                          "abstains on questions from outside medicine: 90 >= 95, 10 cases",
                          "ROUGE-2 recall of ideal answers, times that of the first passage: 2 >= 1.3, 2 cases",
                          "embedding recall of ideal answers, times that of the first passage: 1.25 >= 1.3, 2 cases",
                          "answering beyond retrieval: p50: 3 <= 3, 5 cases"));
}

TEST(DecisionGoalsTest, WhatWasNotMeasuredHasNone) {
  EXPECT_THAT(DecisionGoals({}), IsEmpty());
  DecisionResult result = MadeDecisions();
  result.groups.erase(result.groups.begin() + 1, result.groups.end());
  result.coverage.clear();
  EXPECT_THAT(Rows(result), ElementsAre("answering beyond retrieval: p50: 2 <= 3, 3 cases"));
}

TEST(DecisionScoresTest, AnAbstentionCountsAsNothingWhereDecisionsAreScored) {
  EXPECT_THAT(ScoresOf(MadeDecisions(), false)->answerable, ElementsAre(0.9, 0.8, 0.7, 0.4));
  EXPECT_THAT(ScoresOf(MadeDecisions(), true)->answerable, ElementsAre(0.9, 0.8, 0.7, 0));
  EXPECT_THAT(ScoresOf(MadeDecisions(), true)->unanswerable, ElementsAre(0.5, 0));
  EXPECT_FALSE(ScoresOf({}, false).has_value());
}

TEST(DecisionScoresTest, RisksAreInTheOrderOfIdsWhateverTheGroup) {
  std::vector<double> confidences;
  std::vector<bool> wrong;
  for (const ScoredOutcome& outcome : RisksOf(MadeDecisions())) {
    confidences.push_back(outcome.confidence);
    wrong.push_back(outcome.wrong);
  }
  EXPECT_THAT(confidences, ElementsAre(0.9, 0.5, 0.8, 0.1, 0.7, 0.4));
  EXPECT_THAT(wrong, ElementsAre(false, true, false, true, true, false));
  EXPECT_THAT(RisksOf({}), IsEmpty());
}

TEST(DecisionScoresTest, TheRiskLiesInItsInterval) {
  const Estimate risk = RiskEstimate(RisksOf(MadeDecisions()));
  // Most confident first: right, right, wrong, wrong, right, wrong.
  EXPECT_DOUBLE_EQ(risk.mean, (0 + 0 + 1.0 / 3 + 2.0 / 4 + 2.0 / 5 + 3.0 / 6) / 6);
  EXPECT_LT(risk.low, risk.mean);
  EXPECT_GT(risk.high, risk.mean);
}

TEST(DecisionCoverageTest, IsTheRatioOfTheMeans) {
  const auto coverage =
      CoverageOf(MadeDecisions(), &IdealCoverage::embedding_answer, &IdealCoverage::embedding_passage);
  ASSERT_TRUE(coverage.has_value());
  EXPECT_DOUBLE_EQ(coverage->answer.mean, 0.75);
  EXPECT_DOUBLE_EQ(coverage->passage.mean, 0.6);
  EXPECT_DOUBLE_EQ(coverage->times.mean, 1.25);
  EXPECT_DOUBLE_EQ(coverage->times.low, 1.25);  // Of each question it is the same.
}

TEST(DecisionCoverageTest, IsUnsetWherePassagesHoldNothing) {
  DecisionResult result = MadeDecisions();
  for (IdealCoverage& coverage : result.coverage) coverage.rouge_passage = 0;
  EXPECT_FALSE(CoverageOf(result, &IdealCoverage::rouge_answer, &IdealCoverage::rouge_passage).has_value());
  EXPECT_FALSE(CoverageOf({}, &IdealCoverage::rouge_answer, &IdealCoverage::rouge_passage).has_value());
}

TEST(DecisionCoverageTest, OnePassageWithoutAnythingStaysFinite) {
  DecisionResult result = MadeDecisions();
  result.coverage[0].rouge_passage = 0;
  const auto coverage = CoverageOf(result, &IdealCoverage::rouge_answer, &IdealCoverage::rouge_passage);
  ASSERT_TRUE(coverage.has_value());
  EXPECT_DOUBLE_EQ(coverage->times.mean, 5);
  EXPECT_LE(coverage->times.high, 5);
  EXPECT_GE(coverage->times.low, 0);
}

TEST(DecisionTimesTest, OnlyAnswersAreTimed) {
  EXPECT_THAT(TimesOf(MadeDecisions(), &QuestionDecision::generate_ms), ElementsAre(1, 2, 3, 4, 5));
}

TEST(DecisionOutcomesTest, AreCounted) {
  EXPECT_THAT(OutcomesOf(MadeDecisions().groups[0]),
              ElementsAre(Pair("ABSTENTION_REASON_WEAK_EVIDENCE", 1), Pair("answered", 3)));
}

TEST(DecisionTextTest, SaysAllThatWasMeasured) {
  const std::string text = DecisionText(MadeDecisions());
  for (const char* words :
       {"reported half; 60 documents, 40 taken out; left out, since others took all of theirs: 7 questions\n",
        "answerable     abstained  25.0 % (4.6 to 69.9; 1 of 4)\n", "outside        abstained  90.0 %",
        "  ABSTENTION_REASON_WEAK_EVIDENCE             25.0 %",
        "  with a warning of an emergency              10.0 % (1.8 to 40.4; 1 of 10)\n",
        "by relevance of the best passage 0.875 (", "2 answered of 3\n", "ROUGE-2: answer 0.500 (",
        "embedding: answer 0.750 (", "5 answers: p50 3.00 ms, p90 5.00 ms, p99 5.00 ms\n", "MISSED"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
}

TEST(DecisionTextTest, OfNothingThereIsAHeadAlone) {
  const std::string text = DecisionText({});
  EXPECT_EQ(text.find('\n'), text.size() - 1);
}

TEST(DecisionJsonTest, HasEveryQuestion) {
  const nlohmann::json json = nlohmann::json::parse(DecisionJson(MadeDecisions()));
  EXPECT_EQ(json["written_by"], "answer_eval 1");
  EXPECT_EQ(json["embedder"], "model <1>");
  ASSERT_EQ(json["groups"].size(), 3u);
  EXPECT_EQ(json["groups"][1]["name"], "unanswerable");
  EXPECT_EQ(json["groups"][1]["questions"][0], nlohmann::json::parse(R"(
    {"id": "b", "outcome": "answered", "warns_of_emergency": false, "relevance": 0.5, "first_is_relevant": false,
     "retrieve_ms": 10.0, "generate_ms": 4.0, "verify_ms": 0.0})"));
  EXPECT_EQ(json["coverage"][1], nlohmann::json::parse(R"(
    {"id": "c", "rouge_answer": 0.4, "rouge_passage": 0.2, "embedding_answer": 0.5, "embedding_passage": 0.4})"));
  EXPECT_EQ(json["goals"].size(), 5u);
  EXPECT_EQ(json["compared_questions"], 3);
}

}  // namespace
}  // namespace bedside
