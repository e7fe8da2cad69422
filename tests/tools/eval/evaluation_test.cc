#include "tools/eval/evaluation.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

std::vector<JudgedQuestion> Questions(int count) {
  std::vector<JudgedQuestion> questions;
  for (int i = 0; i < count; ++i) {
    questions.push_back({absl::StrCat("q", i), absl::StrCat("text ", i), "yesno", {{absl::StrCat("d", i), 1}}});
  }
  return questions;
}

FoundEvidence Found(const std::vector<std::string>& documents) {
  FoundEvidence found;
  for (const std::string& document : documents) found.passages.push_back({document});
  return found;
}

TEST(EvaluateTest, ASearchThatIsAlwaysRightIsWorthOne) {
  const auto results = Evaluate(Questions(30), [](const std::string& question) -> absl::StatusOr<FoundEvidence> {
    return Found({absl::StrCat("d", question.substr(5)), "x"});
  });
  ASSERT_THAT(results, IsOk());
  ASSERT_EQ(results->size(), 30u);
  EXPECT_EQ((*results)[29].id, "q29");
  EXPECT_EQ((*results)[29].type, "yesno");
  for (const QuestionResult& result : *results) {
    for (const Metric metric : kAllMetrics) EXPECT_EQ(result.metric(metric), 1);
    EXPECT_GT(result.latency_ms, 0);
    EXPECT_FALSE(result.degraded);
  }
}

TEST(EvaluateTest, ASecondRankIsWorthHalfOfTheReciprocalRank) {
  const auto results = Evaluate(Questions(1), [](const std::string&) -> absl::StatusOr<FoundEvidence> {
    FoundEvidence found = Found({"x", "d0"});
    found.degraded = true;
    return found;
  });
  ASSERT_THAT(results, IsOk());
  EXPECT_DOUBLE_EQ((*results)[0].metric(Metric::kReciprocalRank), 0.5);
  EXPECT_TRUE((*results)[0].degraded);
}

TEST(EvaluateTest, NothingFoundIsWorthNothing) {
  const auto results =
      Evaluate(Questions(1), [](const std::string&) -> absl::StatusOr<FoundEvidence> { return FoundEvidence{}; });
  ASSERT_THAT(results, IsOk());
  for (const Metric metric : kAllMetrics) EXPECT_EQ((*results)[0].metric(metric), 0);
  EXPECT_EQ((*results)[0].stage_ndcg[static_cast<size_t>(Stage::kFinal)], 0.0);
}

TEST(EvaluateTest, ADocumentBeyondTheTenthCountsForRecallAt100Only) {
  const auto results = Evaluate(Questions(1), [](const std::string&) -> absl::StatusOr<FoundEvidence> {
    std::vector<std::string> documents;
    for (int i = 0; i < 10; ++i) documents.push_back(absl::StrCat("x", i));
    documents.push_back("d0");
    return Found(documents);
  });
  ASSERT_THAT(results, IsOk());
  EXPECT_EQ((*results)[0].metric(Metric::kNdcgAt10), 0);
  EXPECT_EQ((*results)[0].metric(Metric::kRecallAt10), 0);
  EXPECT_EQ((*results)[0].metric(Metric::kRecallAt100), 1);
}

TEST(EvaluateTest, EachStageIsMeasuredByItsOwnOrder) {
  const auto results = Evaluate(Questions(1), [](const std::string&) -> absl::StatusOr<FoundEvidence> {
    FoundEvidence found = Found({"x", "d0"});
    found.passages[0].lexical_rank = 2;
    found.passages[1].lexical_rank = 1;
    return found;
  });
  ASSERT_THAT(results, IsOk());
  const auto& stages = (*results)[0].stage_ndcg;
  EXPECT_EQ(stages[static_cast<size_t>(Stage::kLexical)], 1.0);
  EXPECT_LT(*stages[static_cast<size_t>(Stage::kFinal)], 1.0);
  EXPECT_EQ(stages[static_cast<size_t>(Stage::kDense)], absl::nullopt);
}

TEST(EvaluateTest, TheFirstSixteenPassagesAreKeptWithTheirJudgement) {
  const auto results = Evaluate(Questions(1), [](const std::string&) -> absl::StatusOr<FoundEvidence> {
    FoundEvidence found = Found(std::vector<std::string>(20, "x"));
    found.passages[1].document = "d0";
    found.passages[1].relevance = 0.75;
    found.passages[18].cosine = 0.5;
    return found;
  });
  ASSERT_THAT(results, IsOk());
  const QuestionResult& result = (*results)[0];
  ASSERT_EQ(result.passages.size(), kJudgedPassages);
  EXPECT_FALSE(result.passages[0].relevant);
  EXPECT_TRUE(result.passages[1].relevant);
  EXPECT_EQ(result.passages[1].relevance, 0.75);
  EXPECT_EQ(result.best_cosine, 0.5);
}

TEST(EvaluateTest, AFailedSearchNamesTheQuestionByItsIdOnly) {
  const auto results = Evaluate(Questions(30), [](const std::string& question) -> absl::StatusOr<FoundEvidence> {
    if (question == "text 25") return absl::UnavailableError("gone");
    return FoundEvidence{};
  });
  EXPECT_THAT(results, StatusIs(absl::StatusCode::kUnavailable,
                                testing::AllOf(testing::HasSubstr("q25"), testing::HasSubstr("gone"),
                                               testing::Not(testing::HasSubstr("text")))));
}

}  // namespace
}  // namespace bedside
