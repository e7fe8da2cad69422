#include "tools/eval/question_file.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Key;
using testing::Not;
using testing::UnorderedElementsAre;

constexpr char kLine[] = R"({"question": "Dose of X?", "relevant": ["g-1"], "type": "dose", "id": "a"})";

class ReadQuestionFileTest : public testing::Test {
 protected:
  std::string Write(const std::string& text) { return WriteFile(folder_, "site.jsonl", text); }

  const std::string folder_ = TempFolder();
};

TEST_F(ReadQuestionFileTest, ReadsAQuestion) {
  const auto dataset = ReadQuestionFile(Write(absl::StrCat(kLine, "\r\n\n")));
  ASSERT_THAT(dataset, IsOk());
  EXPECT_EQ(dataset->name, "site.jsonl");
  EXPECT_EQ(dataset->corpus_path, "");
  ASSERT_EQ(dataset->questions.size(), 1u);
  EXPECT_EQ(dataset->questions[0].id, "a");
  EXPECT_EQ(dataset->questions[0].text, "Dose of X?");
  EXPECT_EQ(dataset->questions[0].type, "dose");
}

TEST_F(ReadQuestionFileTest, DocumentsMayBeNamedInThreeWays) {
  const auto dataset =
      ReadQuestionFile(Write(R"({"question": "q?", "relevant": ["g-1", "corpora/default/documents/a%20x",
"corpora/default/documents/p-7/passages/0-310"]})"));
  EXPECT_THAT(dataset, StatusIs(absl::StatusCode::kInvalidArgument)) << "a line break ends the line";
  const auto whole = ReadQuestionFile(Write(
      R"({"question": "q?", "relevant": ["g-1", "corpora/default/documents/a%20x", "corpora/c/documents/p-7/passages/0-310"]})"));
  ASSERT_THAT(whole, IsOk());
  EXPECT_THAT(whole->questions[0].judgements, UnorderedElementsAre(Key("g-1"), Key("a%20x"), Key("p-7")));
}

TEST_F(ReadQuestionFileTest, AnIdOfOursComesFromTheWordsAndNotFromThePlace) {
  const std::string one = "{\"question\": \"one?\", \"relevant\": [\"d\"]}\n";
  const std::string two = "{\"question\": \"two?\", \"relevant\": [\"d\"]}\n";
  const auto first = ReadQuestionFile(Write(one + two));
  const auto turned = ReadQuestionFile(Write(two + one));
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->questions[0].id, turned->questions[1].id);
  EXPECT_NE(first->questions[0].id, first->questions[1].id);
}

TEST_F(ReadQuestionFileTest, AQuestionThatNothingAnswersIsUnjudged) {
  const auto dataset = ReadQuestionFile(Write(absl::StrCat(kLine, "\n{\"question\": \"q?\", \"relevant\": []}\n")));
  EXPECT_EQ(dataset->unjudged_questions, 1u);
}

TEST_F(ReadQuestionFileTest, ABadLineIsNamedAndNotRepeated) {
  for (const char* line : {"secret", "[]", R"({"question": "secret"})", R"({"question": "secret", "relevant": "d"})",
                           R"({"question": "secret", "relevant": [1]})", R"({"question": "", "relevant": ["d"]})",
                           R"({"question": "secret\ud800", "relevant": ["d"]})"}) {
    EXPECT_THAT(ReadQuestionFile(Write(absl::StrCat(kLine, "\n", line))),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr("site.jsonl:2: wanted a JSON object"), Not(HasSubstr("secret")))));
  }
}

TEST_F(ReadQuestionFileTest, ASecondQuestionWithAnIdIsRefused) {
  EXPECT_THAT(ReadQuestionFile(Write(absl::StrCat(kLine, "\n", kLine))),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(":2: this question occurs a second time")));
}

TEST_F(ReadQuestionFileTest, AFileWithoutAJudgedQuestionIsRefused) {
  EXPECT_THAT(ReadQuestionFile(Write("\n")), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no question")));
  EXPECT_THAT(ReadQuestionFile(folder_ + "/absent"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ReadQuestionFileTest, IsRecognisedByItsFirstLine) {
  EXPECT_TRUE(IsQuestionFile(Write(kLine)));
  EXPECT_FALSE(IsQuestionFile(Write("{\"_id\": \"1\", \"text\": \"t\"}")));
  EXPECT_FALSE(IsQuestionFile(Write("")));
  EXPECT_FALSE(IsQuestionFile(folder_));
}

}  // namespace
}  // namespace bedside
