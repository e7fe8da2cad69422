// What tools/ranker/train.py writes is what a server reads, of a made-up set in which one feature alone decides.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/ranking/passage_ranker.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/storage/ranker_model.pb.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/bench/program_run.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr int kQuestions = 80;
constexpr int kCandidates = 6;
constexpr char kEmbedder[] = "the embedder of the set";

// Of each question the first candidate is relevant, and has the greatest `dense`; the others, and all of the same
// question without its documents, have a small one. What the other features say is chance.
class MadeSet {
 public:
  explicit MadeSet(const std::string& path) : lines_(path + ".jsonl"), numbers_(path + ".f32", std::ios::binary) {
    lines_ << nlohmann::json{{"embedder", kEmbedder}, {"features", CandidateFeatures::Names()}} << '\n';
    for (int question = 0; question < kQuestions; ++question) {
      Write(question, {1, 0, 0, 0, 0, 0}, {1});
      Write(question, std::vector<int>(kCandidates), {});
    }
  }

 private:
  void Write(int question, const std::vector<int>& grades, const std::vector<int>& judged) {
    lines_ << nlohmann::json{{"id", absl::StrCat("q", question)},
                             {"documents", {0, 1, 2, 3, 4, 5}},
                             {"grades", grades},
                             {"judged", judged}}
           << '\n';
    std::normal_distribution<float> chance;
    for (int grade : grades) {
      for (const std::string& name : CandidateFeatures::Names()) {
        const float value = name == "dense" ? 2.0F * static_cast<float>(grade) : chance(random_);
        numbers_.write(reinterpret_cast<const char*>(&value), sizeof(value));
      }
    }
  }

  std::ofstream lines_;
  std::ofstream numbers_;
  std::mt19937 random_;
};

absl::Status Train(const std::string& model, const std::string& features) {
  return RunProgram({"/usr/bin/python3", "tools/ranker/train.py", model, features}, model + ".log").status();
}

// Trained once for all tests.
class TrainedRankerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    features_ = new std::string(WriteFile(TempFolder(), "set", ""));
    MadeSet set(*features_);
  }
  static void TearDownTestSuite() { delete features_; }

  static std::string TrainedBytes() {
    const std::string path = absl::StrCat(WriteFile(TempFolder(), "log", ""), ".ranker");
    EXPECT_THAT(Train(path, *features_), IsOk());
    return *ReadTextFile(path);
  }
  static const std::string& Bytes() {
    static const auto* const bytes = new std::string(TrainedBytes());
    return *bytes;
  }

  static absl::StatusOr<std::unique_ptr<PassageRanker>> Load(const std::string& bytes) {
    return PassageRanker::Load(WriteFile(TempFolder(), "model.ranker", bytes));
  }

  // Three candidates, alike but for how close they are to the question.
  static CandidateFeatures Candidates() {
    CandidateSignals signals;
    signals.vectors = EmbeddingMatrix({1, 0, 1, 0, 1, 0}, 2);
    signals.interactions.resize(3);
    const std::vector<CandidateScores> scores = {{0, 0, 0}, {0, 2, 0}, {0, 1, 0}};
    return CandidateFeatures(scores, signals);
  }

  static std::string* features_;
};

std::string* TrainedRankerTest::features_ = nullptr;

TEST_F(TrainedRankerTest, ServesWhatItWasTrainedFor) {
  const auto ranker = Load(Bytes());
  ASSERT_THAT(ranker, IsOk());
  EXPECT_EQ((*ranker)->embedder_id(), kEmbedder);
}

TEST_F(TrainedRankerTest, TheFeatureThatDecidesIsTheOneThatIsUsed) {
  const auto ranker = Load(Bytes());
  ASSERT_THAT(ranker, IsOk());
  const auto judged = (*ranker)->Judge(Candidates());
  EXPECT_GT(judged[1].score, judged[2].score);
  EXPECT_GT(judged[2].score, judged[0].score);
  EXPECT_GT(judged[1].relevance, judged[2].relevance);
  EXPECT_GT(judged[2].relevance, judged[0].relevance);
  EXPECT_TRUE(judged[1].bears_on_question);
  EXPECT_FALSE(judged[0].bears_on_question);
}

TEST_F(TrainedRankerTest, TheSameFeaturesGiveTheSameBytes) { EXPECT_TRUE(TrainedBytes() == Bytes()); }

TEST_F(TrainedRankerTest, AFileThatIsCutShortIsRefused) {
  for (size_t size : {Bytes().size() - 1, Bytes().size() / 2, size_t{1}}) {
    EXPECT_THAT(
        Load(Bytes().substr(0, size)),
        StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("model.ranker"), HasSubstr("not a RankerModel"))));
  }
}

TEST_F(TrainedRankerTest, ANetOfAnotherWidthIsRefused) {
  storage::RankerModel model;
  ASSERT_TRUE(model.ParseFromString(Bytes()));
  model.mutable_order()->mutable_hidden()->RemoveLast();
  EXPECT_THAT(Load(model.SerializeAsString()), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("order.hidden")));
}

TEST_F(TrainedRankerTest, FeaturesThatAreCutShortLeaveTheOldModelAlone) {
  const std::string folder = TempFolder();
  const std::string model = WriteFile(folder, "model.ranker", "old");
  WriteFile(folder, "set.jsonl", *ReadTextFile(*features_ + ".jsonl"));
  const std::string numbers = *ReadTextFile(*features_ + ".f32");
  WriteFile(folder, "set.f32", numbers.substr(0, numbers.size() - 4));
  EXPECT_THAT(Train(model, folder + "/set"), StatusIs(absl::StatusCode::kInternal, HasSubstr("exit status 2")));
  EXPECT_EQ(*ReadTextFile(model), "old");
}

}  // namespace
}  // namespace bedside
