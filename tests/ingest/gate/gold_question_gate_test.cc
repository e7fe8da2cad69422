#include "ingest/gate/gold_question_gate.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/engine/local_engine.h"
#include "tests/ingest/pipeline/pipeline_fixture.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kReportType[] = "type.googleapis.com/bedside.v1.GateReport";

class GoldQuestionGateTest : public PipelineFixture {
 protected:
  void SetUp() override {
    PipelineFixture::SetUp();
    WriteFile("a.jsonl", Line("aspirin", "Aspirin reduces fever in adults.") +
                             Line("heparin", "Heparin is given by injection.") +
                             Line("warfarin", "Warfarin is monitored weekly."));
    Gold(R"({"question": "What reduces fever?", "relevant": ["aspirin"]})"
         "\n"
         R"({"question": "How is heparin given?", "relevant": ["heparin"]})"
         "\n");
  }

  void Gold(const std::string& questions) {
    settings_.mutable_publication_gate()->set_questions_path(bedside::WriteFile(In(), "../gold.jsonl", questions));
  }

  // The pipeline with the gate that the settings ask for, as a process that starts.
  void MakeGate() {
    engine_ = *LocalEngine::Create(store_.get(), index_, embedder_->id());
    retriever_ = *Retriever::Create(engine_.get(), embedder_.get());
    auto gate = GoldQuestionGate::Create(engine_.get(), retriever_.get(), settings_.publication_gate());
    ASSERT_THAT(gate, IsOk());
    gate_ = *std::move(gate);
    pipeline_ = *IngestPipeline::Create({store_.get(), embedder_.get(), tokenizer_, gate_.get()}, index_, settings_);
  }

  absl::StatusOr<v1::JobReport> Import(bool skip_gate = false) {
    MakeGate();
    return pipeline_->Import("default", {{In()}, kFull, "", "", skip_gate}, {});
  }

  std::unique_ptr<LocalEngine> engine_;
  std::unique_ptr<Retriever> retriever_;
  std::unique_ptr<GoldQuestionGate> gate_;
};

TEST_F(GoldQuestionGateTest, AGenerationThatFindsWhatIsWantedServes) {
  settings_.mutable_publication_gate()->set_min_recall_at_10(1);
  settings_.mutable_publication_gate()->add_warm_up_questions("fever");
  const auto report = Import();
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->gate().questions(), 2);
  EXPECT_EQ(report->gate().warm_up_questions(), 1);
  EXPECT_EQ(report->gate().measured().recall_at_10(), 1);
  EXPECT_FALSE(report->gate().has_serving());
  EXPECT_THAT(report->gate().missed_lines(), IsEmpty());
}

TEST_F(GoldQuestionGateTest, WhereADocumentIsMissingTheOldGenerationKeepsServing) {
  ASSERT_THAT(Import(), IsOk());
  const std::string before = Current();
  WriteFile("a.jsonl", Line("aspirin", "Aspirin reduces fever in adults."));
  settings_.mutable_publication_gate()->set_min_recall_at_10(0.9);
  const auto report = Import();
  EXPECT_THAT(report, StatusIs(absl::StatusCode::kFailedPrecondition,
                               AllOf(HasSubstr("recall at 10: wanted at least 0.9000, got 0.5000"),
                                     HasSubstr("in lines 2."), Not(HasSubstr("heparin")))));
  EXPECT_EQ(Current(), before);
  EXPECT_THAT(*store_->segments().Segments(), SizeIs(1));
}

TEST_F(GoldQuestionGateTest, TheValuesAreInTheErrorForPrograms) {
  WriteFile("a.jsonl", Line("aspirin", "Aspirin reduces fever in adults."));
  settings_.mutable_publication_gate()->set_min_ndcg_at_10(0.9);
  const auto report = Import();
  ASSERT_THAT(report, StatusIs(absl::StatusCode::kFailedPrecondition));
  v1::GateReport values;
  ASSERT_TRUE(values.ParseFromString(std::string(report.status().GetPayload(kReportType).value_or(absl::Cord()))));
  EXPECT_EQ(values.measured().recall_at_10(), 0.5);
  EXPECT_THAT(values.missed_lines(), ElementsAre(2));
  EXPECT_THAT(values.failures(), SizeIs(1));
}

TEST_F(GoldQuestionGateTest, ALossAgainstWhatServesIsRefusedByDefault) {
  ASSERT_THAT(Import(), IsOk());
  WriteFile("a.jsonl", Line("aspirin", "Aspirin reduces fever in adults."));
  EXPECT_THAT(Import(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                 HasSubstr("recall at 10 beside what serves: wanted at least 0.9500, got 0.5000")));
  settings_.mutable_publication_gate()->set_max_relative_loss(0.5);
  EXPECT_THAT(Import(), IsOk());
}

TEST_F(GoldQuestionGateTest, QuestionsThatNothingBearsOnAreAbstentions) {
  settings_.mutable_publication_gate()->set_min_relevance(0.99);
  settings_.mutable_publication_gate()->set_max_abstention_rate(0.5);
  EXPECT_THAT(Import(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                 HasSubstr("abstention rate: wanted at most 0.5000, got 1.0000")));
  settings_.mutable_publication_gate()->set_min_relevance(0.1);
  EXPECT_THAT(Import(), IsOk());
}

TEST_F(GoldQuestionGateTest, AWarmUpQuestionThatIsNotAnsweredByAllStagesIsNamedByItsNumber) {
  settings_.mutable_publication_gate()->clear_questions_path();
  settings_.mutable_publication_gate()->add_warm_up_questions("What reduces secret fever?");
  ASSERT_THAT(Import(), IsOk());
  const auto generation = store_->manifests().Get("default", Current());
  embedder_->FailWith(absl::InternalError("the model is broken"));
  EXPECT_THAT(gate_->Check(*generation, [] { return absl::OkStatus(); }),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("warm-up question 1"), HasSubstr("dense"), Not(HasSubstr("secret")))));
}

TEST_F(GoldQuestionGateTest, AnOperatorWhoKnowsSkipsIt) {
  ASSERT_THAT(Import(), IsOk());
  WriteFile("a.jsonl", Line("aspirin", "Aspirin reduces fever in adults."));
  const auto report = Import(/*skip_gate=*/true);
  ASSERT_THAT(report, IsOk());
  EXPECT_FALSE(report->has_gate());
  EXPECT_EQ(report->counts().documents_published(), 1);
}

TEST_F(GoldQuestionGateTest, AReindexIsAskedAsWell) {
  ASSERT_THAT(Import(), IsOk());
  const std::string before = Current();
  settings_.mutable_publication_gate()->set_min_ndcg_at_10(1);
  Gold(R"({"question": "What reduces fever?", "relevant": ["of-another-corpus"]})");
  MakeGate();
  EXPECT_THAT(pipeline_->Reindex("default", {}), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(Current(), before);
  EXPECT_THAT(pipeline_->Reindex("default", {}, /*skip_gate=*/true), IsOk());
}

TEST_F(GoldQuestionGateTest, ACancelledCheckLeavesNothing) {
  MakeGate();
  bool checking = false;
  const IngestObserver observer = {
      [&](const v1::JobProgress& progress) { checking = progress.stage() == v1::JOB_STAGE_CHECKING; },
      [&] { return checking; }};
  EXPECT_THAT(pipeline_->Import("default", {{In()}}, observer), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(Current(), "");
  EXPECT_THAT(*store_->segments().Segments(), IsEmpty());
}

TEST_F(GoldQuestionGateTest, ABadFileStopsTheStartAndNotTheEndOfALongRun) {
  Gold("no question");
  engine_ = *LocalEngine::Create(store_.get(), index_, embedder_->id());
  retriever_ = *Retriever::Create(engine_.get(), embedder_.get());
  EXPECT_THAT(GoldQuestionGate::Create(engine_.get(), retriever_.get(), settings_.publication_gate()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 1")));
}

}  // namespace
}  // namespace bedside
