#include "tools/bench/bench_questions.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A dataset with the questions q0, q1 and so on.
std::string Dataset(int questions) {
  const std::string folder = TempFolder();
  std::string queries, judgements = "query-id\tcorpus-id\tscore\n";
  for (int i = 0; i < questions; ++i) {
    absl::StrAppend(&queries, "{\"_id\": \"", i, "\", \"text\": \"q", i, "\"}\n");
    absl::StrAppend(&judgements, i, "\td\t1\n");
  }
  WriteFile(folder, "corpus.jsonl", "{\"_id\": \"d\", \"title\": \"\", \"text\": \"x\"}\n");
  WriteFile(folder, "queries.jsonl", queries);
  WriteFile(folder, "qrels/test.tsv", judgements);
  return folder;
}

TEST(BenchQuestionsTest, TheLastTwentyWarmUpAndTheFirstAreForOneClient) {
  const auto questions = ReadBenchQuestions(Dataset(120), 30);
  ASSERT_THAT(questions, IsOk());
  EXPECT_EQ(questions->one.size(), 30);
  EXPECT_EQ(questions->one.front(), "q0");
  EXPECT_EQ(questions->many.size(), 70);
  EXPECT_EQ(questions->many.front(), "q30");
  EXPECT_EQ(questions->warm_up.size(), 20);
  EXPECT_EQ(questions->warm_up.back(), "q119");
}

TEST(BenchQuestionsTest, FewAreShared) {
  const auto questions = ReadBenchQuestions(Dataset(3), 300);
  ASSERT_THAT(questions, IsOk());
  EXPECT_THAT(questions->one, ElementsAre("q0"));
  EXPECT_THAT(questions->many, ElementsAre("q1"));
  EXPECT_THAT(questions->warm_up, ElementsAre("q2"));
}

TEST(BenchQuestionsTest, TwoAreTooFew) {
  EXPECT_THAT(ReadBenchQuestions(Dataset(2), 300),
              StatusIs(absl::StatusCode::kInvalidArgument, testing::HasSubstr("2 questions, wanted 3 or more")));
}

TEST(BenchQuestionsTest, ALimitBelowOneIsRefused) {
  EXPECT_THAT(ReadBenchQuestions(Dataset(9), 0), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(BenchQuestionsTest, AFolderWithoutADatasetIsNotFound) {
  EXPECT_THAT(ReadBenchQuestions(TempFolder(), 3), StatusIs(absl::StatusCode::kNotFound));
}

TEST(BenchQuestionsTest, QuestionsAreRepeatedInRoundsOrOneByOne) {
  EXPECT_THAT(Repeated({"a", "b"}, 2), ElementsAre("a", "b", "a", "b"));
  EXPECT_THAT(EachRepeated({"a", "b"}, 2), ElementsAre("a", "a", "b", "b"));
  EXPECT_THAT(Repeated({"a"}, 0), IsEmpty());
}

}  // namespace
}  // namespace bedside
