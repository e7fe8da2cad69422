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
    questions.push_back({absl::StrCat("q", i), absl::StrCat("text ", i), {{absl::StrCat("d", i), 1}}});
  }
  return questions;
}

TEST(EvaluateTest, ASearchThatIsAlwaysRightIsWorthOne) {
  const auto evaluation = Evaluate(Questions(30), [](const std::string& question) -> absl::StatusOr<FoundDocuments> {
    return FoundDocuments{{absl::StrCat("d", question.substr(5)), "x"}, false};
  });
  ASSERT_THAT(evaluation, IsOk());
  EXPECT_EQ(evaluation->questions, 30u);
  EXPECT_EQ(evaluation->degraded_questions, 0u);
  for (const Estimate& estimate :
       {evaluation->ndcg_at_10, evaluation->recall_at_10, evaluation->recall_at_100, evaluation->mrr}) {
    EXPECT_EQ(estimate.mean, 1);
    EXPECT_EQ(estimate.low, 1);
  }
  EXPECT_GT(evaluation->latency_ms_p50, 0);
  EXPECT_GE(evaluation->latency_ms_p99, evaluation->latency_ms_p50);
}

TEST(EvaluateTest, EachQuestionCountsTheSame) {
  const auto evaluation = Evaluate(Questions(2), [](const std::string& question) -> absl::StatusOr<FoundDocuments> {
    if (question == "text 0") return FoundDocuments{{"x", "d0"}, true};
    return FoundDocuments{};
  });
  ASSERT_THAT(evaluation, IsOk());
  EXPECT_DOUBLE_EQ(evaluation->mrr.mean, 0.25);
  EXPECT_DOUBLE_EQ(evaluation->recall_at_10.mean, 0.5);
  EXPECT_EQ(evaluation->degraded_questions, 1u);
}

TEST(EvaluateTest, ADocumentBeyondTheTenthCountsForRecallAt100Only) {
  const auto evaluation = Evaluate(Questions(1), [](const std::string&) -> absl::StatusOr<FoundDocuments> {
    FoundDocuments found;
    for (int i = 0; i < 10; ++i) found.ids.push_back(absl::StrCat("x", i));
    found.ids.push_back("d0");
    return found;
  });
  ASSERT_THAT(evaluation, IsOk());
  EXPECT_EQ(evaluation->ndcg_at_10.mean, 0);
  EXPECT_EQ(evaluation->recall_at_10.mean, 0);
  EXPECT_EQ(evaluation->recall_at_100.mean, 1);
}

TEST(EvaluateTest, AFailedSearchNamesTheQuestionByItsIdOnly) {
  const auto evaluation = Evaluate(Questions(30), [](const std::string& question) -> absl::StatusOr<FoundDocuments> {
    if (question == "text 25") return absl::UnavailableError("gone");
    return FoundDocuments{};
  });
  EXPECT_THAT(evaluation, StatusIs(absl::StatusCode::kUnavailable,
                                   testing::AllOf(testing::HasSubstr("q25"), testing::HasSubstr("gone"),
                                                  testing::Not(testing::HasSubstr("text")))));
}

}  // namespace
}  // namespace bedside
