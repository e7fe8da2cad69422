#include "tools/eval/claims/claim_check_evaluation.h"

#include <memory>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using testing::Each;
using testing::Gt;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kTrial[] = "Patients with gout received 300 mg of allopurinol daily, which lowered serum urate.";
constexpr char kOther[] = "Metformin 500 mg is not recommended for children with severe renal impairment.";

class ClaimCheckEvaluationTest : public testing::Test {
 protected:
  ClaimCheckEvaluation Evaluation(const ClaimCheckOptions& options = {}, const Embedder* embedder = nullptr) {
    return {analyzer_.get(), splitter_.get(), embedder, options,
            [this](const WronglyJudged& judged) { seen_.push_back(absl::StrCat(judged.kind, ": ", judged.claim)); }};
  }

  // Ids "0", "1", ... that are of the development half, or of the other.
  static std::string Id(size_t number, AnswerHalf half = AnswerHalf::kDevelopment) {
    for (size_t i = 0;; ++i) {
      if (HalfOf(absl::StrCat(i)) == half && number-- == 0) return absl::StrCat(i);
    }
  }

  const std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
  const std::unique_ptr<SentenceSplitter> splitter_ = *SentenceSplitter::Create();
  std::vector<std::string> seen_;
};

TEST_F(ClaimCheckEvaluationTest, SentencesOfSourcesAndOfExpertsAreSetsOfTheirOwn) {
  ClaimCheckEvaluation evaluation = Evaluation();
  evaluation.Measure("made", {{Id(0), "The moon landing was watched by millions of people.", {kTrial}}});
  const ClaimCheckResult& result = evaluation.result();
  ASSERT_THAT(result.sets, SizeIs(2));
  EXPECT_EQ(result.sets[0].dataset, "made");
  EXPECT_EQ(result.sets[0].origin, ClaimOrigin::kSources);
  EXPECT_EQ(result.sets[0].own.claims, 3u);  // Three drawn of one sentence.
  EXPECT_EQ(result.sets[0].own.refused, 0u);
  EXPECT_EQ(result.sets[1].origin, ClaimOrigin::kExperts);
  EXPECT_EQ(result.sets[1].own.claims, 1u);
  EXPECT_EQ(result.sets[1].own.refused, 1u);
  EXPECT_THAT(seen_, testing::Contains("refused: The moon landing was watched by millions of people."));
}

TEST_F(ClaimCheckEvaluationTest, ErrorsAreMadeInWhatWasNotRefusedAndCounted) {
  ClaimCheckEvaluation evaluation = Evaluation();
  evaluation.Measure("made", {{Id(0), kTrial, {kTrial}}});
  const ClaimSetResult& experts = evaluation.result().sets[1];
  ASSERT_EQ(experts.own.claims, 1u);
  ASSERT_EQ(experts.own.refused, 0u);
  const CheckedClaims& numbers = experts.mutated.at(ClaimMutation::kNumberChanged);
  EXPECT_EQ(numbers.claims, 1u);
  EXPECT_EQ(numbers.refused, 1u);
  EXPECT_EQ(numbers.refused_by_numbers, 1u);
  // It has no "not" to lose and no second number.
  EXPECT_EQ(experts.mutated.count(ClaimMutation::kNegationRemoved), 0u);
  EXPECT_EQ(experts.mutated.count(ClaimMutation::kNumbersExchanged), 0u);
}

TEST_F(ClaimCheckEvaluationTest, NoErrorIsMadeInWhatIsRefused) {
  ClaimCheckEvaluation evaluation = Evaluation();
  evaluation.Measure("made", {{Id(0), kOther, {kTrial}}});
  EXPECT_EQ(evaluation.result().sets[1].own.refused, 1u);
  EXPECT_THAT(evaluation.result().sets[1].mutated, IsEmpty());
}

TEST_F(ClaimCheckEvaluationTest, ErrorsOfAKindAreLimited) {
  ClaimCheckOptions options;
  options.most_cases = 2;
  ClaimCheckEvaluation evaluation = Evaluation(options);
  evaluation.Measure("made", {{Id(0), "", {kTrial}}});
  EXPECT_EQ(evaluation.result().sets[0].own.claims, 3u);
  EXPECT_EQ(evaluation.result().sets[0].mutated.at(ClaimMutation::kNumberChanged).claims, 2u);
}

TEST_F(ClaimCheckEvaluationTest, ClaimsAreAlsoCheckedAgainstTheSourcesOfAnother) {
  ClaimCheckEvaluation evaluation = Evaluation();
  evaluation.Measure("made", {{Id(0), kTrial, {kTrial}}, {Id(1), kOther, {kOther}}});
  const CheckedClaims& foreign = evaluation.result().sets[1].foreign;
  EXPECT_EQ(foreign.claims, 2u);
  EXPECT_EQ(foreign.refused, 2u);
}

TEST_F(ClaimCheckEvaluationTest, AnAnswerThatSharesASourceIsNoOther) {
  ClaimCheckEvaluation evaluation = Evaluation();
  evaluation.Measure("made", {{Id(0), kTrial, {kTrial}}, {Id(1), kTrial, {kOther, kTrial}}});
  EXPECT_EQ(evaluation.result().sets[1].foreign.claims, 0u);
}

TEST_F(ClaimCheckEvaluationTest, TheOtherHalfIsLeftAlone) {
  ClaimCheckEvaluation evaluation = Evaluation();
  evaluation.Measure("made", {{Id(0, AnswerHalf::kReported), kTrial, {kTrial}}});
  EXPECT_THAT(evaluation.result().sets, IsEmpty());
  EXPECT_EQ(evaluation.result().half, "development");
  ClaimCheckOptions options;
  options.half = AnswerHalf::kReported;
  ClaimCheckEvaluation reported = Evaluation(options);
  reported.Measure("made", {{Id(0, AnswerHalf::kReported), kTrial, {kTrial}}});
  EXPECT_THAT(reported.result().sets, SizeIs(2));
  EXPECT_EQ(reported.result().half, "reported");
}

TEST_F(ClaimCheckEvaluationTest, WhatIsTooShortToBeASentenceIsNoClaim) {
  ClaimCheckEvaluation evaluation = Evaluation();
  evaluation.Measure("made", {{Id(0), "Yes.", {"Background:"}}, {Id(1), "", {""}}});
  EXPECT_THAT(evaluation.result().sets, IsEmpty());
  evaluation.Measure("none", {});
  EXPECT_THAT(evaluation.result().sets, IsEmpty());
}

TEST_F(ClaimCheckEvaluationTest, TheSeedDecidesWhatIsDrawn) {
  // How many of the drawn sentences have a number: one of the two has.
  const auto drawn = [this](uint64_t seed) {
    ClaimCheckOptions options;
    options.seed = seed;
    ClaimCheckEvaluation evaluation = Evaluation(options);
    std::vector<GroundingAnswer> answers;
    for (size_t i = 0; i < 8; ++i)
      answers.push_back({Id(i), "", {kTrial, "Gout is a disease of the joints and hurts."}});
    evaluation.Measure("made", answers);
    return evaluation.result().sets[0].mutated.at(ClaimMutation::kNumberChanged).claims;
  };
  std::set<size_t> counts;
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    EXPECT_EQ(drawn(seed), drawn(seed));
    counts.insert(drawn(seed));
  }
  EXPECT_GT(counts.size(), 1u);
}

TEST_F(ClaimCheckEvaluationTest, TheEmbedderIsNamedAndUsed) {
  const FakeEmbedder embedder;
  ClaimCheckEvaluation evaluation = Evaluation({}, &embedder);
  evaluation.Measure("made", {{Id(0), "In gout, serum urate fell when allopurinol had been taken.", {kTrial}}});
  EXPECT_EQ(evaluation.result().embedder, embedder.id());
  EXPECT_GT(embedder.passages_embedded(), 0u);
  EXPECT_EQ(Evaluation().result().embedder, "");
}

TEST_F(ClaimCheckEvaluationTest, TenSentencesAreTimedWhereThereAreAsMany) {
  std::string nine, ten;
  for (int i = 0; i < 9; ++i) absl::StrAppend(&nine, "Sentence number ", i, " of a source of many sentences.\n");
  ten = absl::StrCat(nine, kTrial);
  ClaimCheckEvaluation evaluation = Evaluation();
  // Of any half; the last has nine and an answer.
  evaluation.Time({{Id(0), "", {nine}}, {Id(1), "", {ten}}, {Id(0, AnswerHalf::kReported), kTrial, {nine}}});
  EXPECT_THAT(evaluation.result().wall_ms, SizeIs(2));
  EXPECT_THAT(evaluation.result().cpu_ms, SizeIs(2));
  EXPECT_THAT(evaluation.result().cpu_ms, Each(Gt(0)));
}

}  // namespace
}  // namespace bedside
