#include "tools/eval/pubmedqa_dataset.h"

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/eval/dataset_files.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

constexpr char kRecords[] =
    R"({"11": {"QUESTION": "Does secretol help?", "CONTEXTS": ["We gave it."], "LABELS": ["METHODS"],
  "LONG_ANSWER": "It may.", "YEAR": "2011"},
 "12": {"QUESTION": "Is it safe?", "CONTEXTS": []},
 "13": {"CONTEXTS": ["No question."]}})";

class ReadPubmedqaDatasetTest : public testing::Test {
 protected:
  absl::StatusOr<EvaluationDataset> Read(const std::string& records) {
    return ReadPubmedqaDataset(WriteFile(folder_, "source/qa.json", records), folder_ + "/work");
  }

  const std::string folder_ = TempFolder();
};

TEST_F(ReadPubmedqaDatasetTest, AQuestionIsJudgedByItsAbstract) {
  const auto dataset = Read(kRecords);
  ASSERT_THAT(dataset, IsOk());
  ASSERT_EQ(dataset->questions.size(), 1u);
  EXPECT_EQ(dataset->questions[0].id, "11");
  EXPECT_EQ(dataset->questions[0].text, "Does secretol help?");
  EXPECT_THAT(dataset->questions[0].judgements, ElementsAre(Pair("pmid-11", 1)));
}

TEST_F(ReadPubmedqaDatasetTest, ARecordWithoutAnAbstractIsUnjudged) {
  EXPECT_EQ(Read(kRecords)->unjudged_questions, 1u);
}

TEST_F(ReadPubmedqaDatasetTest, TheCorpusHoldsTheAbstractsWithoutTheQuestions) {
  const auto documents = ReadCorpusDocuments(Read(kRecords)->corpus_path);
  ASSERT_THAT(documents, IsOk());
  ASSERT_EQ(documents->size(), 2u);
  EXPECT_EQ((*documents)[0].id, "pmid-11");
  EXPECT_EQ((*documents)[0].title, "");
  EXPECT_THAT((*documents)[0].text, HasSubstr("We gave it."));
  for (const CorpusDocument& document : *documents) EXPECT_THAT(document.text, Not(HasSubstr("secretol")));
}

TEST_F(ReadPubmedqaDatasetTest, AFolderIsRecognisedByWhatIsInIt) {
  const std::string path = WriteFile(folder_, "source/qa.json", kRecords);
  EXPECT_TRUE(IsPubmedqaDataset(path));
  EXPECT_TRUE(IsPubmedqaDataset(folder_ + "/source"));
  EXPECT_FALSE(IsPubmedqaDataset(WriteFile(folder_, "other/x.json", "{\"a\": 1}")));
}

TEST_F(ReadPubmedqaDatasetTest, WhatCannotBeReadIsAnErrorWithoutItsText) {
  EXPECT_THAT(
      Read("{\"1\": {\"QUESTION\": \"secret\", \"CONTEXTS\": [\"cut"),
      StatusIs(absl::StatusCode::kInvalidArgument, testing::AllOf(HasSubstr("qa.json"), Not(HasSubstr("secret")))));
  EXPECT_THAT(Read("{\"x\": {\"QUESTION\": \"a\", \"CONTEXTS\": [\"b\"]}}"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no record")));
}

TEST_F(ReadPubmedqaDatasetTest, AFolderThatCannotBeWrittenIsAnError) {
  EXPECT_THAT(ReadPubmedqaDataset(WriteFile(folder_, "qa.json", kRecords), "/proc/none"),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("cannot be written")));
}

}  // namespace
}  // namespace bedside
