#include "tools/eval/dataset_measurement.h"

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/tools/bedside/fake_server.h"

namespace bedside {
namespace {

class MeasureDatasetTest : public testing::Test {
 protected:
  MeasureDatasetTest() {
    v1::Generation* generation = server_.generations.add_generations();
    generation->set_name("corpora/default/generations/g1");
    generation->set_state(v1::GENERATION_STATE_ACTIVE);
    generation->set_embedder("model");
    generation->set_passages(9);
    server_.search_response.add_hits()->mutable_document()->set_name("corpora/default/documents/d");
    dataset_.name = "site";
    dataset_.format = "questions";
    dataset_.unjudged_questions = 2;
    dataset_.questions = {{"q1", "metformin?", "dose", {{"d", 1}}}, {"q2", "is it?", "", {{"other", 1}}}};
    options_.address = server_.address();
  }

  FakeServer server_;
  EvaluationDataset dataset_;
  MeasurementOptions options_;
};

TEST_F(MeasureDatasetTest, ARunSaysWhatAnsweredAndHowWell) {
  const auto runs = MeasureDataset(dataset_, options_);
  ASSERT_THAT(runs, IsOk());
  ASSERT_EQ(runs->size(), 1u);
  const EvaluationRun& run = (*runs)[0];
  EXPECT_EQ(RunName(run), "site");
  EXPECT_EQ(run.generation, "corpora/default/generations/g1");
  EXPECT_EQ(run.model, "model");
  EXPECT_EQ(run.passages, 9);
  EXPECT_EQ(run.unjudged_questions, 2u);
  ASSERT_EQ(run.questions.size(), 2u);
  EXPECT_EQ(run.questions[0].metric(Metric::kReciprocalRank), 1);
  EXPECT_EQ(run.questions[1].metric(Metric::kReciprocalRank), 0);
}

TEST_F(MeasureDatasetTest, APerturbationIsARunOfItsOwnThatMarksWhatItChanged) {
  options_.perturbations = {Perturbation::kTypingError};
  options_.seed = 4;
  const auto runs = MeasureDataset(dataset_, options_);
  ASSERT_THAT(runs, IsOk());
  ASSERT_EQ(runs->size(), 2u);
  EXPECT_EQ(RunName((*runs)[1]), "site, typo 4");
  EXPECT_FALSE((*runs)[0].questions[0].changed);
  EXPECT_TRUE((*runs)[1].questions[0].changed);
  EXPECT_FALSE((*runs)[1].questions[1].changed);
}

TEST_F(MeasureDatasetTest, ADocumentThatNoSearchFoundIsAskedFor) {
  EXPECT_EQ((*MeasureDataset(dataset_, options_))[0].missing_documents, 0u);
  EXPECT_EQ(server_.document_request.name(), "corpora/default/documents/other");
}

TEST_F(MeasureDatasetTest, AServerWithoutAGenerationIsNotMeasured) {
  server_.generations.clear_generations();
  EXPECT_THAT(MeasureDataset(dataset_, options_), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(MeasureDatasetTest, AbbreviationsNeedACorpus) {
  options_.perturbations = {Perturbation::kAbbreviation};
  EXPECT_THAT(MeasureDataset(dataset_, options_), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(MeasureDatasetTest, ASignalEndsIt) {
  options_.is_stopped = [] { return true; };
  EXPECT_THAT(MeasureDataset(dataset_, options_), StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace bedside
