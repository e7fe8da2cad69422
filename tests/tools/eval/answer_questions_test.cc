#include "tools/eval/answer_questions.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// By their hashes, q2 loses its documents and q1 keeps them.
class AnswerQuestionsTest : public testing::Test {
 protected:
  void Write(const std::string& name, const std::string& content) const {
    const std::string path = folder_ + "/" + name;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path) << content;
  }

  void WriteDataset(const std::string& judgements) const {
    std::string queries, corpus;
    for (const char* id : {"q2", "q1"}) {
      absl::StrAppend(&queries, "{\"_id\": \"", id, "\", \"text\": \"?\", \"ideal_answer\": [\"Of ", id, "\"]}\n");
    }
    for (const char* id : {"d1", "d2", "d3"}) absl::StrAppend(&corpus, "{\"_id\": \"", id, "\", \"text\": \"T\"}\n");
    Write("queries.jsonl", queries);
    Write("corpus.jsonl", corpus);
    Write("qrels/test.tsv", absl::StrCat("query-id\tcorpus-id\tscore\n", judgements));
  }

  std::string Corpus() const {
    std::ifstream file(folder_ + "/halved.jsonl");
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }

  const std::string folder_ = TempFolder();
  const std::string halved_ = folder_ + "/halved.jsonl";
};

TEST_F(AnswerQuestionsTest, HalfOfTheQuestionsLoseTheirDocuments) {
  WriteDataset("q2\td1\t1\nq2\td2\t0\nq1\td3\t1\n");
  const auto dataset = ReadHalvedDataset(folder_, halved_);
  ASSERT_THAT(dataset, IsOk());
  ASSERT_EQ(dataset->questions.size(), 2u);
  EXPECT_TRUE(dataset->questions[0].unanswerable);
  EXPECT_FALSE(dataset->questions[1].unanswerable);
  EXPECT_EQ(dataset->questions[1].ideal_answer, "Of q1");
  EXPECT_EQ(dataset->removed_documents, 1u);
  EXPECT_EQ(dataset->kept_documents, 2u);
  EXPECT_THAT(Corpus(), Not(HasSubstr("\"d1\"")));
  EXPECT_THAT(Corpus(), HasSubstr("\"d2\""));
  EXPECT_THAT(Corpus(), HasSubstr("\"d3\""));
}

TEST_F(AnswerQuestionsTest, QuestionThatLostAllToAnotherIsLeftOut) {
  WriteDataset("q2\td1\t1\nq1\td1\t1\nq1\td2\t0\n");
  const auto dataset = ReadHalvedDataset(folder_, halved_);
  ASSERT_THAT(dataset, IsOk());
  ASSERT_EQ(dataset->questions.size(), 1u);
  EXPECT_TRUE(dataset->questions[0].unanswerable);
  EXPECT_EQ(dataset->left_out_questions, 1u);
}

TEST_F(AnswerQuestionsTest, QuestionThatKeepsOneDocumentIsAnswerable) {
  WriteDataset("q2\td1\t1\nq1\td1\t1\nq1\td2\t1\n");
  const auto dataset = ReadHalvedDataset(folder_, halved_);
  ASSERT_THAT(dataset, IsOk());
  ASSERT_EQ(dataset->questions.size(), 2u);
  EXPECT_FALSE(dataset->questions[1].unanswerable);
  EXPECT_EQ(dataset->left_out_questions, 0u);
}

TEST_F(AnswerQuestionsTest, WhatIsMissingOrCannotBeWrittenIsSaid) {
  EXPECT_EQ(ReadHalvedDataset(folder_ + "/absent", halved_).status().code(), absl::StatusCode::kNotFound);
  WriteDataset("q2\td1\t1\nq1\td3\t1\n");
  EXPECT_EQ(ReadHalvedDataset(folder_, folder_ + "/absent/x").status().code(), absl::StatusCode::kInternal);
}

TEST_F(AnswerQuestionsTest, OddAndEvenLinesAreTwoHalves) {
  Write("t.tsv", "law\tMay I?\nsports\tWho won?\nlaw\tMust I?\n");
  const auto odd = ReadTopicalQuestions(folder_ + "/t.tsv", true);
  ASSERT_THAT(odd, IsOk());
  ASSERT_EQ(odd->size(), 2u);
  EXPECT_EQ((*odd)[0].topic, "law");
  EXPECT_EQ((*odd)[1].text, "Must I?");
  const auto even = ReadTopicalQuestions(folder_ + "/t.tsv", false);
  ASSERT_THAT(even, IsOk());
  ASSERT_EQ(even->size(), 1u);
  EXPECT_EQ((*even)[0].text, "Who won?");
}

TEST_F(AnswerQuestionsTest, LineThatIsNoQuestionIsNamedByItsNumber) {
  for (const char* line : {"no tab", "law\t", "\tMay I?", "law\tMay I?\tYes"}) {
    Write("t.tsv", absl::StrCat("law\tMust I?\n", line, "\n"));
    const auto questions = ReadTopicalQuestions(folder_ + "/t.tsv", true);
    EXPECT_EQ(questions.status().code(), absl::StatusCode::kInvalidArgument) << line;
    EXPECT_THAT(questions.status().message(), HasSubstr("2")) << line;
  }
}

TEST_F(AnswerQuestionsTest, HalfWithoutAQuestionIsAnError) {
  Write("t.tsv", "law\tMust I?\n");
  EXPECT_EQ(ReadTopicalQuestions(folder_ + "/t.tsv", false).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReadTopicalQuestions(folder_ + "/absent", true).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace bedside
