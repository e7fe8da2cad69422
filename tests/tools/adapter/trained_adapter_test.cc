// tools/adapter/train.py and distil.py from examples to the vectors of a server, on a made-up model of which it is
// known what has to be learned (tiny_bert.py).
//
// Needs a Python with jax, onnx and tokenizers, which tools/setup does not install: BEDSIDE_JAX_PYTHON names it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/embedding/openvino_embedder.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/bench/program_run.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

// Topics of tiny_bert.py that no example is of.
constexpr size_t kFirstHeldOut = 80;
constexpr size_t kTopics = 120;

// How close questions are to their passages, and for how many their own is the closest.
struct Closeness {
  double own = 0;
  double first = 0;
};

double Product(absl::Span<const float> a, absl::Span<const float> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

class TrainedAdapterTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* python = std::getenv("BEDSIDE_JAX_PYTHON");
    if (python == nullptr) GTEST_SKIP() << "BEDSIDE_JAX_PYTHON names no Python with jax, onnx and tokenizers";
    python_ = python;
    ASSERT_THAT(Run({"tests/tools/adapter/tiny_bert.py", folder_}), IsOk());
  }

  absl::Status Run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), python_);
    return RunProgram(arguments, folder_ + ".log").status();
  }

  absl::Status Train(const std::string& adapter, int steps, int heads = 2) const {
    return Run({"tools/adapter/train.py", absl::StrCat("--heads=", heads), absl::StrCat("--steps=", steps), folder_,
                adapter, folder_ + "/examples.jsonl"});
  }

  // Of the topics that are held out.
  Closeness ClosenessBy(const std::string& adapter) const {
    config::EmbedderConfig config;
    config.set_model_path(folder_);
    config.set_precision(config::PRECISION_F32);
    config.set_adapter_path(adapter);
    const auto embedder = OpenVinoEmbedder::Create(config);
    EXPECT_THAT(embedder, IsOk());
    std::vector<std::string> passages;
    for (size_t topic = kFirstHeldOut; topic < kTopics; ++topic) passages.push_back(absl::StrCat("p", topic));
    const auto embedded = (*embedder)->EmbedPassages(passages);
    Closeness closeness;
    for (size_t i = 0; i < passages.size(); ++i) {
      const auto question = (*embedder)->EmbedQuery(absl::StrCat("q", kFirstHeldOut + i));
      const double own = Product(question->vector, embedded->vectors.row(i));
      size_t closer = 0;
      for (size_t j = 0; j < passages.size(); ++j) {
        if (Product(question->vector, embedded->vectors.row(j)) > own) ++closer;
      }
      closeness.own += own / static_cast<double>(passages.size());
      if (closer == 0) closeness.first += 1 / static_cast<double>(passages.size());
    }
    return closeness;
  }

  const std::string folder_ = TempFolder();
  std::string python_;
};

TEST_F(TrainedAdapterTest, MovesQuestionsThatItDidNotSeeCloserToTheirPassages) {
  const std::string adapter = folder_ + ".adapter";
  ASSERT_THAT(Train(adapter, 100), IsOk());
  const Closeness before = ClosenessBy(""), after = ClosenessBy(adapter);
  EXPECT_GT(after.own, before.own + 0.2);
  EXPECT_GT(after.first, before.first + 0.2);
}

TEST_F(TrainedAdapterTest, TheSameExamplesGiveTheSameBytes) {
  const std::string first = folder_ + ".first", second = folder_ + ".second";
  ASSERT_THAT(Train(first, 3), IsOk());
  ASSERT_THAT(Train(second, 3), IsOk());
  EXPECT_TRUE(*ReadTextFile(first) == *ReadTextFile(second));
}

TEST_F(TrainedAdapterTest, AnotherNumberOfHeadsThanTheModelHasIsRefused) {
  EXPECT_THAT(Train(folder_ + ".adapter", 1, 3), StatusIs(absl::StatusCode::kInternal, HasSubstr("exit status 2")));
  EXPECT_THAT(*ReadTextFile(folder_ + ".log"), HasSubstr("--heads: wanted a divisor of 16, the width of the model"));
}

TEST_F(TrainedAdapterTest, AModelThatIsCutShortIsRefused) {
  const std::string model = *ReadTextFile(folder_ + "/model.onnx");
  WriteFile(folder_, "model.onnx", model.substr(0, model.size() / 2));
  EXPECT_THAT(Train(folder_ + ".adapter", 1), StatusIs(absl::StatusCode::kInternal, HasSubstr("exit status 2")));
  EXPECT_THAT(*ReadTextFile(folder_ + ".log"), HasSubstr("model.onnx: wanted a model in ONNX, got other bytes"));
}

// A prefix of topics, which moves questions.
constexpr char kPrefix[] = "p100 p101 ";

class DistilledAdapterTest : public TrainedAdapterTest {
 protected:
  absl::Status Distil(const std::string& question_adapter, int steps) const {
    return Run({"tools/adapter/distil.py", "--heads=2", absl::StrCat("--steps=", steps),
                absl::StrCat("--query_prefix=", kPrefix), folder_, adapter_, question_adapter,
                folder_ + "/questions.txt"});
  }

  // Of questions that nothing was learned on, the mean cosine between their vectors and those behind the prefix.
  double ClosenessTo(const std::string& question_adapter) const {
    config::EmbedderConfig config;
    config.set_model_path(folder_);
    config.set_precision(config::PRECISION_F32);
    config.set_adapter_path(adapter_);
    const auto bare = OpenVinoEmbedder::Create(config);
    config.set_query_prefix(kPrefix);
    const auto prefixed = OpenVinoEmbedder::Create(config);
    config.set_question_adapter_path(question_adapter);
    const auto learned = OpenVinoEmbedder::Create(config);
    EXPECT_THAT(learned, IsOk());
    double closeness = 0;
    for (size_t topic = kFirstHeldOut; topic < kTopics; ++topic) {
      const std::string question = absl::StrCat("q", topic);
      const auto& embedder = question_adapter.empty() ? **bare : **learned;
      closeness += Product(embedder.EmbedQuery(question)->vector, (*prefixed)->EmbedQuery(question)->vector);
    }
    return closeness / static_cast<double>(kTopics - kFirstHeldOut);
  }

  const std::string adapter_ = folder_ + ".adapter";
};

TEST_F(DistilledAdapterTest, QuestionsThatItDidNotSeeBecomeWhatTheyAreBehindThePrefix) {
  ASSERT_THAT(Train(adapter_, 3), IsOk());
  const std::string learned = folder_ + ".question_adapter";
  ASSERT_THAT(Distil(learned, 300), IsOk());
  const double before = ClosenessTo(""), after = ClosenessTo(learned);
  EXPECT_GT(1 - before, 2 * (1 - after)) << "at least half of the way";
}

TEST_F(DistilledAdapterTest, WhatIsNoAdapterOrOneOfQuestionsAloneIsRefused) {
  ASSERT_THAT(Train(adapter_, 1), IsOk());
  const std::string learned = folder_ + ".question_adapter";
  ASSERT_THAT(Distil(learned, 1), IsOk());
  std::ofstream(adapter_, std::ios::binary) << *ReadTextFile(learned);
  EXPECT_THAT(Distil(learned, 1), StatusIs(absl::StatusCode::kInternal, HasSubstr("exit status 2")));
  EXPECT_THAT(*ReadTextFile(folder_ + ".log"), HasSubstr("got one of questions alone"));
  std::ofstream(adapter_) << "no message";
  EXPECT_THAT(Distil(learned, 1), StatusIs(absl::StatusCode::kInternal, HasSubstr("exit status 2")));
  EXPECT_THAT(*ReadTextFile(folder_ + ".log"), HasSubstr("wanted a EncoderAdapter, got other bytes"));
}

}  // namespace
}  // namespace bedside
