#include "tools/eval/beir_dataset.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

class ReadBeirDatasetTest : public testing::Test {
 protected:
  ReadBeirDatasetTest() {
    Write("corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"t\"}\n");
    Write("queries.jsonl", "{\"_id\": \"q1\", \"text\": \"one?\"}\n{\"_id\": \"q2\", \"text\": \"two?\"}\n");
    Write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq2\td1\t2\nq2\td 2\t0\nq1\td3\t1\n");
  }

  void Write(const std::string& name, const std::string& text) { WriteFile(folder_, name, text); }

  const std::string folder_ = TempFolder();
};

TEST_F(ReadBeirDatasetTest, JoinsQuestionsWithTheirJudgements) {
  const auto dataset = ReadBeirDataset(folder_);
  ASSERT_THAT(dataset, IsOk());
  EXPECT_EQ(dataset->corpus_path, folder_ + "/corpus.jsonl");
  EXPECT_EQ(dataset->format, "beir");
  ASSERT_EQ(dataset->questions.size(), 2u);
  EXPECT_EQ(dataset->questions[1].id, "q2");
  EXPECT_EQ(dataset->questions[1].text, "two?");
  EXPECT_THAT(dataset->questions[1].judgements, UnorderedElementsAre(Pair("d1", 2), Pair("d%202", 0)));
  EXPECT_EQ(dataset->unjudged_questions, 0u);
}

TEST_F(ReadBeirDatasetTest, AQuestionKeepsItsType) {
  Write("queries.jsonl", "{\"_id\": \"q1\", \"text\": \"one?\", \"type\": \"yesno\"}\n");
  EXPECT_EQ(ReadBeirDataset(folder_)->questions[0].type, "yesno");
}

TEST_F(ReadBeirDatasetTest, AFolderWithQueriesIsOne) {
  EXPECT_TRUE(IsBeirDataset(folder_));
  EXPECT_FALSE(IsBeirDataset(folder_ + "/qrels"));
  EXPECT_FALSE(IsBeirDataset(folder_ + "/absent"));
}

TEST_F(ReadBeirDatasetTest, AQuestionWithoutARelevantDocumentIsLeftOutAndCounted) {
  Write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq2\td1\t0\nq1\td3\t1\n");
  const auto dataset = ReadBeirDataset(folder_);
  ASSERT_THAT(dataset, IsOk());
  EXPECT_EQ(dataset->questions.size(), 1u);
  EXPECT_EQ(dataset->unjudged_questions, 1u);
}

TEST_F(ReadBeirDatasetTest, JudgementsWithoutAHeadingAndWithWindowsLinesAreRead) {
  Write("qrels/test.tsv", "q1\td3\t1\r\nq2\td1\t1\r\n");
  EXPECT_EQ(ReadBeirDataset(folder_)->questions.size(), 2u);
}

TEST_F(ReadBeirDatasetTest, AMissingOrEmptyFileIsNamed) {
  for (const char* name : {"corpus.jsonl", "queries.jsonl", "qrels/test.tsv"}) {
    const std::string path = folder_ + "/" + name;
    std::filesystem::rename(path, path + ".away");
    EXPECT_THAT(ReadBeirDataset(folder_), StatusIs(absl::StatusCode::kNotFound, HasSubstr(path)));
    Write(name, "");
    EXPECT_THAT(ReadBeirDataset(folder_), StatusIs(absl::StatusCode::kNotFound, HasSubstr(path)));
    std::filesystem::rename(path + ".away", path);
  }
  EXPECT_THAT(ReadBeirDataset(folder_), IsOk());
}

TEST_F(ReadBeirDatasetTest, ABadJudgementIsRefusedWithItsLine) {
  for (const char* line : {"q1 d1 1", "q1\td1", "q1\td1\t1\tx", "q1\td1\tyes", "q1\td1\t0.5", ""}) {
    Write("qrels/test.tsv", absl::StrCat("query-id\tcorpus-id\tscore\nq1\td1\t1\n", line, "\n"));
    EXPECT_THAT(ReadBeirDataset(folder_),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("/qrels/test.tsv:3: wanted question id")));
  }
}

TEST_F(ReadBeirDatasetTest, ABadQuestionIsRefusedWithItsLineAndWithoutItsText) {
  for (const char* line : {"secret", "[]", "{\"_id\": \"q3\"}", "{\"_id\": 3, \"text\": \"secret\"}",
                           "{\"_id\": \"q3\", \"text\": \"\"}", "{\"_id\": \"q3\", \"text\": \"secret\\ud800\"}"}) {
    Write("queries.jsonl", absl::StrCat("{\"_id\": \"q1\", \"text\": \"one?\"}\n", line, "\n"));
    EXPECT_THAT(ReadBeirDataset(folder_),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr("/queries.jsonl:2: "), testing::Not(HasSubstr("secret")))));
  }
}

TEST_F(ReadBeirDatasetTest, AQuestionThatOccursTwiceIsRefused) {
  Write("queries.jsonl", "{\"_id\": \"q1\", \"text\": \"one?\"}\n{\"_id\": \"q1\", \"text\": \"again?\"}\n");
  EXPECT_THAT(ReadBeirDataset(folder_), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("second time")));
}

TEST_F(ReadBeirDatasetTest, JudgementsThatFitNoQuestionAreRefused) {
  Write("qrels/test.tsv", "query-id\tcorpus-id\tscore\n");
  EXPECT_THAT(ReadBeirDataset(folder_), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no question")));
  Write("qrels/test.tsv", "q9\td1\t1\n");
  EXPECT_THAT(ReadBeirDataset(folder_), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no question")));
}

}  // namespace
}  // namespace bedside
