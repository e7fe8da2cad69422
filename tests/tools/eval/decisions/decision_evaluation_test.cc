#include "tools/eval/decisions/decision_evaluation.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/fakes/status_matchers.h"
#include "tests/tools/bedside/fake_server.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// The server answers every question alike: with kAnswer, from document d1 first.
class DecisionEvaluationTest : public testing::Test {
 protected:
  static constexpr char kAnswer[] = "Aspirin lowers fever.";

  DecisionEvaluationTest() {
    v1::Answer* answer = server_.answer_response.mutable_answer();
    answer->mutable_text()->add_sentences()->set_text(kAnswer);
    answer->mutable_basis()->mutable_timings()->mutable_retrieve()->set_nanos(9'000'000);
    answer->mutable_basis()->mutable_timings()->mutable_generate()->set_nanos(1'250'000);
    answer->mutable_basis()->mutable_timings()->mutable_verify()->set_nanos(500'000);
    v1::SearchHit* hit = server_.search_response.add_hits();
    hit->mutable_document()->set_name("corpora/default/documents/d1");
    hit->mutable_passage()->set_text("Aspirin lowers pain. It is old.");
    hit->set_relevance(0.75);
  }

  void Abstain(v1::AbstentionReason reason) {
    server_.answer_response.mutable_answer()->mutable_abstention()->set_reason(reason);
  }

  DecisionEvaluation Evaluation(const DecisionOptions& options = {}) {
    return {&client_, splitter_.get(), &embedder_, options,
            [this](absl::string_view group, const AskedQuestion& asked, const std::string& question) {
              seen_.push_back(absl::StrCat(group, " ", asked.outcome(), " ", question));
            }};
  }

  // Ids of the development half.
  static std::string Id(size_t number, AnswerHalf half = AnswerHalf::kDevelopment) {
    for (size_t i = 0;; ++i) {
      if (HalfOf(absl::StrCat(i)) == half && number-- == 0) return absl::StrCat(i);
    }
  }

  static AnswerQuestion Question(const std::string& id, bool unanswerable, const std::string& relevant = "d1") {
    AnswerQuestion question;
    question.question.id = id;
    question.question.text = absl::StrCat("question ", id);
    question.question.judgements[relevant] = 1;
    question.ideal_answer = unanswerable ? "" : "Aspirin lowers fever. Aspirin lowers pain.";
    question.unanswerable = unanswerable;
    return question;
  }

  FakeServer server_;
  const AnswerClient client_{server_.address(), 1};
  const std::unique_ptr<SentenceSplitter> splitter_ = *SentenceSplitter::Create();
  FakeEmbedder embedder_{512};
  std::vector<std::string> seen_;
};

TEST_F(DecisionEvaluationTest, AnswerableAndUnanswerableQuestionsAreGroups) {
  DecisionEvaluation evaluation = Evaluation();
  AnswerDataset dataset;
  dataset.questions = {Question(Id(0), false), Question(Id(1), true, "d2"), Question(Id(2), false, "d2")};
  dataset.kept_documents = 5;
  dataset.removed_documents = 4;
  dataset.left_out_questions = 3;
  ASSERT_THAT(evaluation.AskHalved(dataset), IsOk());
  const DecisionResult& result = evaluation.result();
  ASSERT_THAT(result.groups, SizeIs(2));
  EXPECT_EQ(result.groups[0].name, kAnswerable);
  ASSERT_THAT(result.groups[0].questions, SizeIs(2));
  const QuestionDecision& first = result.groups[0].questions[0];
  EXPECT_EQ(first.id, Id(0));
  EXPECT_TRUE(first.answered());
  EXPECT_EQ(first.relevance, 0.75);
  EXPECT_TRUE(first.first_is_relevant);
  EXPECT_EQ(first.retrieve_ms, 9);
  EXPECT_EQ(first.generate_ms, 1.25);
  EXPECT_EQ(first.verify_ms, 0.5);
  EXPECT_FALSE(result.groups[0].questions[1].first_is_relevant);
  EXPECT_EQ(result.groups[1].name, kUnanswerable);
  EXPECT_EQ(result.kept_documents, 5u);
  EXPECT_EQ(result.removed_documents, 4u);
  EXPECT_EQ(result.left_out_questions, 3u);
  EXPECT_EQ(result.half, "development");
  EXPECT_THAT(seen_, SizeIs(3));
  EXPECT_EQ(seen_[0], absl::StrCat("answerable answered question ", Id(0)));
}

TEST_F(DecisionEvaluationTest, ADocumentThatIsJudgedNotRelevantIsNot) {
  DecisionEvaluation evaluation = Evaluation();
  AnswerQuestion question = Question(Id(0), false);
  question.question.judgements["d1"] = 0;
  AnswerDataset dataset;
  dataset.questions = {question};
  ASSERT_THAT(evaluation.AskHalved(dataset), IsOk());
  EXPECT_FALSE(evaluation.result().groups[0].questions[0].first_is_relevant);
}

TEST_F(DecisionEvaluationTest, AnswersAreComparedWithThoseOfExperts) {
  DecisionEvaluation evaluation = Evaluation();
  AnswerDataset dataset;
  dataset.questions = {Question(Id(0), false), Question(Id(1), true)};
  ASSERT_THAT(evaluation.AskHalved(dataset), IsOk());
  const DecisionResult& result = evaluation.result();
  EXPECT_EQ(result.compared_questions, 1u);
  EXPECT_EQ(result.embedder, embedder_.id());
  ASSERT_THAT(result.coverage, SizeIs(1));
  const IdealCoverage& coverage = result.coverage[0];
  EXPECT_EQ(coverage.id, Id(0));
  // Of "aspirin lowers" (twice), "lowers fever", "fever aspirin" and "lowers pain".
  EXPECT_DOUBLE_EQ(coverage.rouge_answer, 2.0 / 5);
  EXPECT_DOUBLE_EQ(coverage.rouge_passage, 2.0 / 5);
  EXPECT_GT(coverage.embedding_answer, 0.6);
  EXPECT_LT(coverage.embedding_answer, 0.99);
  EXPECT_GT(coverage.embedding_passage, 0.6);
}

TEST_F(DecisionEvaluationTest, AnAbstentionIsCountedAsComparedAndNoMore) {
  Abstain(v1::ABSTENTION_REASON_WEAK_EVIDENCE);
  DecisionEvaluation evaluation = Evaluation();
  AnswerDataset dataset;
  dataset.questions = {Question(Id(0), false)};
  ASSERT_THAT(evaluation.AskHalved(dataset), IsOk());
  EXPECT_EQ(evaluation.result().compared_questions, 1u);
  EXPECT_THAT(evaluation.result().coverage, IsEmpty());
  EXPECT_EQ(evaluation.result().groups[0].questions[0].outcome, "ABSTENTION_REASON_WEAK_EVIDENCE");
  EXPECT_EQ(embedder_.passages_embedded(), 0u);
}

TEST_F(DecisionEvaluationTest, ComparisonsAndQuestionsAreLimited) {
  DecisionOptions options;
  options.most_questions = 3;
  options.most_compared = 2;
  DecisionEvaluation evaluation = Evaluation(options);
  AnswerDataset dataset;
  for (size_t i = 0; i < 5; ++i) dataset.questions.push_back(Question(Id(i), false));
  ASSERT_THAT(evaluation.AskHalved(dataset), IsOk());
  EXPECT_THAT(evaluation.result().groups[0].questions, SizeIs(3));
  EXPECT_EQ(evaluation.result().compared_questions, 2u);
}

TEST_F(DecisionEvaluationTest, TheOtherHalfIsNotAsked) {
  DecisionEvaluation evaluation = Evaluation();
  AnswerDataset dataset;
  dataset.questions = {Question(Id(0, AnswerHalf::kReported), false)};
  ASSERT_THAT(evaluation.AskHalved(dataset), IsOk());
  EXPECT_THAT(evaluation.result().groups, IsEmpty());
  EvaluationDataset medical;
  medical.questions = {Question(Id(0, AnswerHalf::kReported), false).question, Question(Id(0), false).question};
  ASSERT_THAT(evaluation.AskMedical(medical), IsOk());
  ASSERT_THAT(evaluation.result().groups, SizeIs(1));
  EXPECT_EQ(evaluation.result().groups[0].name, kMedical);
  EXPECT_THAT(evaluation.result().groups[0].questions, SizeIs(1));
}

TEST_F(DecisionEvaluationTest, QuestionsFromOutsideAreNamedByTheirTopic) {
  Abstain(v1::ABSTENTION_REASON_OUT_OF_SCOPE);
  server_.answer_response.mutable_answer()->mutable_basis()->add_warnings()->set_kind(v1::WARNING_KIND_TIME_CRITICAL);
  DecisionEvaluation evaluation = Evaluation();
  ASSERT_THAT(evaluation.AskOutside({{"law", "May I sublet?"}, {"cooking", "How long do eggs boil?"}}), IsOk());
  const DecisionGroup* outside = FindGroup(evaluation.result(), kOutside);
  ASSERT_NE(outside, nullptr);
  ASSERT_THAT(outside->questions, SizeIs(2));
  EXPECT_EQ(outside->questions[1].id, "cooking 2");
  EXPECT_TRUE(outside->questions[1].warns_of_emergency);
  EXPECT_EQ(CountAbstained(*outside), 2u);
  EXPECT_THAT(seen_, ElementsAre("outside ABSTENTION_REASON_OUT_OF_SCOPE May I sublet?",
                                 "outside ABSTENTION_REASON_OUT_OF_SCOPE How long do eggs boil?"));
  EXPECT_EQ(FindGroup(evaluation.result(), kMedical), nullptr);
}

TEST_F(DecisionEvaluationTest, AnErrorOfTheServerEndsIt) {
  server_.status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "going down");
  DecisionEvaluation evaluation = Evaluation();
  AnswerDataset dataset;
  dataset.questions = {Question(Id(0), false)};
  EXPECT_THAT(evaluation.AskHalved(dataset), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("going down")));
  EXPECT_THAT(evaluation.AskOutside({{"law", "?"}}), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(DecisionEvaluationTest, AnErrorOfTheModelEndsIt) {
  embedder_.FailWith(absl::InternalError("the model failed"));
  DecisionEvaluation evaluation = Evaluation();
  AnswerDataset dataset;
  dataset.questions = {Question(Id(0), false)};
  EXPECT_THAT(evaluation.AskHalved(dataset), StatusIs(absl::StatusCode::kInternal, HasSubstr("the model failed")));
}

}  // namespace
}  // namespace bedside
