#include "ingest/gate/gold_questions.h"

#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::string Line(const std::string& question, const std::string& relevant) {
  return absl::StrCat(R"({"question": ")", question, R"(", "relevant": )", relevant, "}\n");
}

TEST(GoldQuestionsTest, ALineIsAQuestionAndItsDocuments) {
  const auto questions = ParseGoldQuestions(Line("When is metformin stopped?", R"(["a", "b", "a"])"));
  ASSERT_THAT(questions, IsOk());
  ASSERT_THAT(*questions, SizeIs(1));
  EXPECT_EQ((*questions)[0].text, "When is metformin stopped?");
  EXPECT_THAT((*questions)[0].documents, UnorderedElementsAre(Pair("a", 1), Pair("b", 1)));
}

TEST(GoldQuestionsTest, NamesOfDocumentsAndPassagesStandForTheirDocument) {
  const auto questions =
      ParseGoldQuestions(Line("q", R"(["corpora/default/documents/a", "corpora/x/documents/b/passages/0-9"])"));
  ASSERT_THAT(questions, IsOk());
  EXPECT_THAT((*questions)[0].documents, UnorderedElementsAre(Pair("a", 1), Pair("b", 1)));
}

TEST(GoldQuestionsTest, EmptyLinesAreSkippedAndCounted) {
  const auto questions = ParseGoldQuestions(absl::StrCat("\n  \r\n", Line("q", R"(["a"])"), "\n"));
  ASSERT_THAT(questions, IsOk());
  EXPECT_EQ((*questions)[0].line, 3);
}

TEST(GoldQuestionsTest, WhatIsNoQuestionIsNamedByItsLineAndNeverRepeated) {
  const std::string good = Line("q", R"(["a"])");
  for (const std::string& bad :
       {std::string("Mr Secret"), std::string("[1]"), std::string(R"({"question": "Mr Secret"})"),
        Line("Mr Secret", "[]"), Line("Mr Secret", R"("a")"), Line("Mr Secret", R"(["a", 1])"),
        Line("Mr Secret", R"([""])"), Line("", R"(["a"])"), Line(" ", R"(["a"])"),
        Line(absl::StrCat("Mr Secret", std::string(2000, 'x')), R"(["a"])"), std::string("{\"question\": \"\xff\"}")}) {
    const auto questions = ParseGoldQuestions(absl::StrCat(good, bad));
    EXPECT_THAT(questions,
                StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("line 2"), Not(HasSubstr("Secret")))));
  }
}

TEST(GoldQuestionsTest, AFileWithoutQuestionsIsNone) {
  EXPECT_THAT(ParseGoldQuestions("\n\n"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(GoldQuestionsTest, MoreThanTheMostAreRefused) {
  std::string text;
  for (size_t i = 0; i < kMaxGoldQuestions; ++i) text += Line("q", R"(["a"])");
  EXPECT_THAT(ParseGoldQuestions(text), IsOk());
  EXPECT_THAT(ParseGoldQuestions(text + Line("q", R"(["a"])")), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(GoldQuestionsTest, AFileThatIsNotThereIsNotFoundAndABadOneIsNamed) {
  const std::string folder = TempFolder();
  EXPECT_THAT(ReadGoldQuestions(folder + "/none"), StatusIs(absl::StatusCode::kNotFound));
  const std::string path = WriteFile(folder, "gold.jsonl", "x");
  EXPECT_THAT(ReadGoldQuestions(path), StatusIs(absl::StatusCode::kInvalidArgument,
                                                AllOf(HasSubstr("gold.jsonl"), HasSubstr("gold-questions.md"))));
}

TEST(GoldQuestionsTest, AnyBytesAreQuestionsOrAnError) {
  const std::string whole = Line("When?", R"(["a", "b"])") + Line("Why?", R"(["c"])");
  std::mt19937_64 random(1);
  for (int round = 0; round < 3000; ++round) {
    std::string text = whole;
    for (uint64_t i = random() % 4; i > 0; --i) text[random() % text.size()] = static_cast<char>(random());
    text.resize(random() % (text.size() + 1));
    const auto questions = ParseGoldQuestions(text);
    if (!questions.ok()) {
      EXPECT_THAT(questions, StatusIs(absl::StatusCode::kInvalidArgument));
      continue;
    }
    for (const GoldQuestion& question : *questions) {
      EXPECT_FALSE(question.text.empty());
      EXPECT_FALSE(question.documents.empty());
    }
  }
}

}  // namespace
}  // namespace bedside
