#include "index/ranking/cross_encoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <thread>

#include "absl/strings/str_join.h"
#include "tests/fakes/status_matchers.h"
#include "tests/index/ranking/cross_encoder_models.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Of the [SEP] that ends a passage.
constexpr double kEnd = 2;

std::string Times(size_t count, const std::string& word) {
  return absl::StrJoin(std::vector<std::string>(count, word), " ");
}

class CrossEncoderTest : public testing::Test {
 protected:
  CrossEncoderTest() {
    config_.set_model_path(folder_);
    config_.set_precision(config::PRECISION_F32);
    config_.set_threads(2);
  }

  void Write(const std::string& name, const std::string& bytes) const { WriteFile(folder_, name, bytes); }
  void Remove(const std::string& name) const { std::filesystem::remove(absl::StrCat(folder_, "/", name)); }

  absl::StatusOr<std::unique_ptr<CrossEncoder>> Load() const { return CrossEncoder::Load(config_); }

  void ExpectRefused(absl::StatusCode code, const std::string& part_of_message) const {
    EXPECT_THAT(Load(), StatusIs(code, HasSubstr(part_of_message)));
  }
  void ExpectFails(const std::string& model, const std::string& part_of_message) const {
    Write("model.onnx", model);
    const auto encoder = Load();
    ASSERT_THAT(encoder, IsOk());
    EXPECT_THAT((*encoder)->Score("ten", {"twenty"}),
                StatusIs(absl::StatusCode::kInternal, AllOf(HasSubstr("the cross-encoder failed: "),
                                                            HasSubstr(part_of_message), Not(HasSubstr("twenty")))));
  }

  const std::string folder_ = CrossEncoderFolder(PassageSumModel(), {{"ten", 10}, {"twenty", 20}});
  config::CrossEncoderConfig config_;
};

TEST_F(CrossEncoderTest, ScoresEachPassageInTheOrderGiven) {
  const auto scores = (*Load())->Score("ten", {"ten", "ten twenty", "", "twenty"});
  ASSERT_THAT(scores, IsOk());
  EXPECT_THAT(*scores, ElementsAre(10 + kEnd, 30 + kEnd, kEnd, 20 + kEnd));
}

TEST_F(CrossEncoderTest, ScoresNothing) { EXPECT_THAT(*(*Load())->Score("ten", {}), IsEmpty()); }

// What is written as [SEP] in a question does not end it.
TEST_F(CrossEncoderTest, OfTheFirstTypeIsAllOfTheQuestion) {
  EXPECT_THAT(*(*Load())->Score(Times(100, "twenty"), {"ten"}), ElementsAre(10 + kEnd));
  EXPECT_THAT(*(*Load())->Score("twenty [SEP] twenty", {"ten"}), ElementsAre(10 + kEnd));
}

TEST_F(CrossEncoderTest, AModelWithoutTokenTypesReadsBothAsOneText) {
  Write("model.onnx", IdAndMask()
                          .Node("Mul", {"flat_id", "flat_mask"}, "kept")
                          .Node("ReduceSum", {"kept"}, "score", OnnxGraph::Ints("axes", 1))
                          .WithOutput("score"));
  EXPECT_THAT(*(*Load())->Score("twenty", {"ten", ""}), ElementsAre(1 + 20 + 2 + 10 + kEnd, 1 + 20 + 2 + kEnd));
}

TEST_F(CrossEncoderTest, OfTwoClassesTheSecondSpeaksForThePassage) {
  Write("model.onnx", PassageSum()
                          .Node("Sub", {"kept", "kept_of_passage"}, "kept_of_question")
                          .Node("ReduceSum", {"kept_of_question"}, "question", OnnxGraph::Ints("axes", 1))
                          .Node("Concat", {"question", "passage"}, "scores", OnnxGraph::Int("axis", 1))
                          .WithOutput("scores"));
  const auto scores = (*Load())->Score("twenty", {"ten", "ten twenty"});
  ASSERT_THAT(scores, IsOk());
  EXPECT_THAT(*scores, ElementsAre(10 + kEnd - (1 + 20 + 2), 30 + kEnd - (1 + 20 + 2)));
}

TEST_F(CrossEncoderTest, CutsThePassageAtMaxTokens) {
  config_.set_max_tokens(16);
  const auto encoder = *Load();
  EXPECT_THAT(*encoder->Score("ten", {Times(12, "ten") + " twenty", Times(11, "ten") + " twenty"}),
              ElementsAre(120 + kEnd, 130 + kEnd));
  // Of the thirteen places, a question has six where the passage needs the others, and more where it does not.
  EXPECT_THAT(*encoder->Score(Times(100, "ten"), {Times(100, "ten"), "ten"}), ElementsAre(70 + kEnd, 10 + kEnd));
}

TEST_F(CrossEncoderTest, TakesAsManyTokensAsBertWhenNothingIsSaid) {
  EXPECT_THAT(*(*Load())->Score("ten", {Times(600, "ten")}), ElementsAre(5080 + kEnd));
}

TEST_F(CrossEncoderTest, GivesAPairTheSameScoreAloneAndInCompany) {
  const auto encoder = *Load();
  std::vector<std::string> passages;
  for (size_t i = 0; i < 60; ++i) passages.push_back(Times(i * 37 % 211, i % 2 == 0 ? "ten" : "twenty"));
  const auto together = encoder->Score("ten", passages);
  ASSERT_THAT(together, IsOk());
  for (size_t i = 0; i < passages.size(); ++i) {
    EXPECT_THAT(*encoder->Score("ten", {passages[i]}), ElementsAre((*together)[i])) << i;
  }
}

TEST_F(CrossEncoderTest, ThreadsScoreAtTheSameTime) {
  const auto encoder = *Load();
  std::vector<std::thread> threads;
  for (size_t thread = 1; thread <= 4; ++thread) {
    threads.emplace_back([&encoder, thread] {
      for (size_t i = 0; i < 20; ++i) {
        EXPECT_THAT(*encoder->Score("ten", {Times(thread, "ten"), Times(100 * thread, "ten")}),
                    ElementsAre(10.0 * thread + kEnd, 1000.0 * thread + kEnd));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(CrossEncoderTest, DoesNotBeginAfterTheDeadline) {
  EXPECT_THAT((*Load())->Score("ten", {"ten"}, absl::InfinitePast()), StatusIs(absl::StatusCode::kDeadlineExceeded));
}

TEST_F(CrossEncoderTest, HasAnIdOfEverythingThatChangesScores) {
  std::set<std::string> ids;
  const std::string id = (*Load())->id();
  EXPECT_THAT(id, HasSubstr("cross-encoder/f32/512/"));
  EXPECT_EQ((*Load())->id(), id);
  ids.insert(id);
  Write("model.onnx_data", "weights");
  ids.insert((*Load())->id());
  Write("tokenizer.json", WordTokenizer({{"ten", 11}}));
  ids.insert((*Load())->id());
  config_.set_max_tokens(256);
  ids.insert((*Load())->id());
  EXPECT_EQ(ids.size(), 4u);
}

TEST_F(CrossEncoderTest, NamesEveryFieldThatIsOutOfRange) {
  config_.Clear();
  config_.set_max_tokens(15);
  config_.set_threads(257);
  config_.set_precision(config::PRECISION_INT8);
  EXPECT_THAT(Load(),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("model_path"), HasSubstr("max_tokens"),
                                                                 HasSubstr("threads"), HasSubstr("precision"))));
}

TEST_F(CrossEncoderTest, AMissingFileIsNotFoundAndNamed) {
  Remove("tokenizer.json");
  ExpectRefused(absl::StatusCode::kNotFound, absl::StrCat(folder_, "/tokenizer.json"));
  Remove("model.onnx");
  ExpectRefused(absl::StatusCode::kNotFound, absl::StrCat(folder_, "/model.onnx"));
}

TEST_F(CrossEncoderTest, ABrokenTokenizerIsInvalidAndNamed) {
  for (const char* bytes : {"", "{}", R"({"model": {"type": "Unigram"}})"}) {
    Write("tokenizer.json", bytes);
    ExpectRefused(absl::StatusCode::kInvalidArgument, absl::StrCat(folder_, "/tokenizer.json: wanted"));
  }
}

TEST_F(CrossEncoderTest, WhatIsNoOnnxIsInvalidAndNamed) {
  for (const std::string& bytes : {std::string(), std::string("no model"), PassageSumModel().substr(0, 100)}) {
    Write("model.onnx", bytes);
    ExpectRefused(absl::StatusCode::kInvalidArgument, absl::StrCat(folder_, "/model.onnx: wanted"));
  }
}

TEST_F(CrossEncoderTest, InputsOfAnotherModelFamilyAreInvalid) {
  Write("model.onnx", PassageSum()
                          .Input("position_ids")
                          .Node("Cast", {"position_ids"}, "position", OnnxGraph::Int("to", OnnxGraph::kFloat))
                          .Node("ReduceSum", {"position"}, "positions", OnnxGraph::Ints("axes", 1))
                          .Node("Add", {"passage", "positions"}, "score")
                          .WithOutput("score"));
  ExpectRefused(absl::StatusCode::kInvalidArgument, "got 4 inputs");
}

TEST_F(CrossEncoderTest, AnEncoderThatGivesVectorsIsInvalid) {
  Write("model.onnx", IdEncoder());
  ExpectRefused(absl::StatusCode::kInvalidArgument, "an output [texts, 1] or [texts, 2], got 2 inputs");
}

TEST_F(CrossEncoderTest, MoreClassesThanTwoAreInvalid) {
  Write("model.onnx", PassageSum()
                          .Node("Concat", {"passage", "passage", "passage"}, "scores", OnnxGraph::Int("axis", 1))
                          .WithOutput("scores"));
  ExpectRefused(absl::StatusCode::kInvalidArgument, "an output [texts, 1] or [texts, 2]");
}

TEST_F(CrossEncoderTest, AsManyScoresAsTokensAreInvalid) {
  Write("model.onnx", PassageSum().WithOutput("kept_of_passage"));
  ExpectRefused(absl::StatusCode::kInvalidArgument, "an output [texts, 1] or [texts, 2]");
}

TEST_F(CrossEncoderTest, AScoreThatIsNotFiniteIsAFailureOfTheModel) {
  ExpectFails(NotANumberModel(), "wanted a finite score, got");
}

TEST_F(CrossEncoderTest, ScoresForOtherPairsThanThoseGivenAreAFailureOfTheModel) {
  ExpectFails(
      PassageSum().Node("Concat", {"passage", "passage"}, "twice", OnnxGraph::Int("axis", 0)).WithOutput("twice"),
      "wanted scores of the shape [1,1], got [2,1]");
}

TEST_F(CrossEncoderTest, AModelThatCannotRunIsAFailureAndTheTextIsNotInTheMessage) {
  ExpectFails(PassageSum()
                  .Constant("shape", {1, 3})
                  .Node("Reshape", {"kept_of_passage", "shape"}, "reshaped")
                  .Node("ReduceSum", {"reshaped"}, "score", OnnxGraph::Ints("axes", 1))
                  .WithOutput("score"),
              "");
}

}  // namespace
}  // namespace bedside
