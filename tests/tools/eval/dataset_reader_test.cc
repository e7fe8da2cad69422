#include "tools/eval/dataset_reader.h"

#include <stdlib.h>

#include <filesystem>

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/eval/dataset_files.h"

namespace bedside {
namespace {

using testing::HasSubstr;

TEST(ReadDatasetTest, TheFormatIsRecognisedByItsContent) {
  const std::string folder = TempFolder();
  WriteFile(folder, "b/corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"t\"}\n");
  WriteFile(folder, "b/queries.jsonl", "{\"_id\": \"q1\", \"text\": \"one?\"}\n");
  WriteFile(folder, "b/qrels/test.tsv", "q1\td1\t1\n");
  WriteFile(folder, "p/x.json", "{\"1\": {\"QUESTION\": \"a?\", \"CONTEXTS\": [\"b\"]}}");
  WriteFile(folder, "m/x.xml",
            "<Document id='1'><QAPairs><QAPair><Question>a?</Question><Answer>b</Answer></QAPair>"
            "</QAPairs></Document>");
  WriteFile(folder, "q.jsonl", "{\"question\": \"a?\", \"relevant\": [\"d\"]}");
  for (const auto& [path, format] : {std::pair<const char*, const char*>{"/b", "beir"},
                                     {"/p", "pubmedqa"},
                                     {"/m", "medquad"},
                                     {"/q.jsonl", "questions"}}) {
    const auto dataset = ReadDataset(folder + path, folder + "/work");
    ASSERT_THAT(dataset, IsOk()) << path;
    EXPECT_EQ(dataset->format, format);
    EXPECT_EQ(dataset->questions.size(), 1u);
  }
}

TEST(ReadDatasetTest, WhatIsNoDatasetIsRefusedWithTheFormats) {
  const std::string path = WriteFile(TempFolder(), "notes.txt", "words");
  EXPECT_THAT(ReadDataset(path, TempFolder()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("Wanted a BEIR folder")));
}

TEST(ReadQuestionsTest, GivesTheQuestionsAndLeavesNothingBehind) {
  const std::string folder = TempFolder();
  WriteFile(folder, "x.json", "{\"1\": {\"QUESTION\": \"a?\", \"CONTEXTS\": [\"b\"]}}");
  const std::string temporary = TempFolder();
  std::filesystem::create_directories(temporary);
  setenv("TMPDIR", temporary.c_str(), 1);
  const auto questions = ReadQuestions(folder);
  ASSERT_THAT(questions, IsOk());
  EXPECT_EQ(questions->size(), 1u);
  EXPECT_EQ(questions->front().text, "a?");
  EXPECT_TRUE(std::filesystem::is_empty(temporary));
  setenv("TMPDIR", (temporary + "/none").c_str(), 1);
  EXPECT_THAT(ReadQuestions(folder), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("TMPDIR")));
  unsetenv("TMPDIR");
}

TEST(ReadDatasetTest, APathThatDoesNotExistIsNotFound) {
  EXPECT_THAT(ReadDataset("/nowhere", TempFolder()), StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere")));
}

TEST(DatasetNameTest, IsTheLastPartOfThePath) {
  EXPECT_EQ(DatasetName("data/bioasq-dev"), "bioasq-dev");
  EXPECT_EQ(DatasetName("data/bioasq-dev/"), "bioasq-dev");
  EXPECT_EQ(DatasetName("x/../y.zip"), "y.zip");
}

TEST(ForEachSourceFileTest, AnArchiveThatCannotBeReadIsAnError) {
  const std::string path = WriteFile(TempFolder(), "broken.zip", "PK\x03\x04 and no more");
  EXPECT_THAT(ForEachSourceFile(path, [](const SourceFile&) { return true; }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("broken.zip")));
}

}  // namespace
}  // namespace bedside
