#include "tools/eval/grounding_answers.h"

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class GroundingAnswersTest : public testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& content) const {
    const std::string path = folder_ + "/" + name;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path) << content;
    return path;
  }

  const std::string folder_ = TempFolder();
};

TEST_F(GroundingAnswersTest, ReadsIdealAnswersWithTheirRelevantTexts) {
  Write("queries.jsonl", R"({"_id": "q1", "text": "?", "ideal_answer": ["It helps.", "Other"]})"
                         "\n"
                         R"({"_id": "q2", "text": "?", "ideal_answer": ["Without texts."]})"
                         "\n");
  Write("corpus.jsonl",
        "{\"_id\": \"d1\", \"text\": \"Aspirin helps.\"}\n{\"_id\": \"d2\", \"text\": \"Zebras run.\"}\n");
  Write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\nq1\tabsent\t1\n");
  const auto answers = ReadBioasqAnswers(folder_);
  ASSERT_THAT(answers, IsOk());
  ASSERT_EQ(answers->size(), 1u);
  EXPECT_EQ((*answers)[0].id, "q1");
  EXPECT_EQ((*answers)[0].answer, "It helps.");
  EXPECT_THAT((*answers)[0].sources, ElementsAre("Aspirin helps."));
}

TEST_F(GroundingAnswersTest, ReadsLongAnswersWithTheirAbstracts) {
  const std::string path =
      Write("p.json", R"({"1": {"CONTEXTS": ["One.", "Two."], "LONG_ANSWER": "So."}, "2": {"LONG_ANSWER": "None."}})");
  const auto answers = ReadPubmedqaAnswers(path);
  ASSERT_THAT(answers, IsOk());
  ASSERT_EQ(answers->size(), 1u);
  EXPECT_EQ((*answers)[0].answer, "So.");
  EXPECT_THAT((*answers)[0].sources, ElementsAre("One.\nTwo."));
}

TEST_F(GroundingAnswersTest, SaysWhatCannotBeRead) {
  EXPECT_THAT(ReadBioasqAnswers(folder_), StatusIs(absl::StatusCode::kNotFound, HasSubstr("corpus.jsonl")));
  EXPECT_THAT(ReadPubmedqaAnswers(folder_ + "/absent"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("absent")));
  EXPECT_THAT(ReadPubmedqaAnswers(Write("bad.json", "[1")), StatusIs(absl::StatusCode::kInvalidArgument));
  Write("queries.jsonl", "no json\n");
  Write("corpus.jsonl", "{}\n");
  Write("qrels/test.tsv", "head\nq1\td1\n");
  EXPECT_THAT(ReadBioasqAnswers(folder_), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("test.tsv")));
}

TEST_F(GroundingAnswersTest, HalvesHaveNames) {
  for (const AnswerHalf half : {AnswerHalf::kDevelopment, AnswerHalf::kReported}) {
    const auto parsed = ParseAnswerHalf(NameOf(half));
    ASSERT_THAT(parsed, IsOk());
    EXPECT_EQ(*parsed, half);
  }
  for (const char* name : {"", "Reported", "both"}) {
    EXPECT_THAT(ParseAnswerHalf(name),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("wanted development or reported")));
  }
}

TEST_F(GroundingAnswersTest, HalfIsThatOfTheIdAlone) {
  size_t reported = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = std::to_string(i);
    EXPECT_EQ(HalfOf(id), HalfOf(id));
    if (HalfOf(id) == AnswerHalf::kReported) ++reported;
  }
  EXPECT_GT(reported, 400u);
  EXPECT_LT(reported, 600u);
}

}  // namespace
}  // namespace bedside
