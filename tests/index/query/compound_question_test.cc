#include "index/query/compound_question.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Parts(absl::string_view question) {
  std::vector<std::string> texts;
  for (const QuestionPart& part : SplitQuestion(question)) texts.push_back(part.text);
  return texts;
}

TEST(CompoundQuestionTest, SplitsWhereASecondQuestionBegins) {
  EXPECT_THAT(Parts("What is a prolactinoma and where in the body is one found?"),
              ElementsAre("What is a prolactinoma?", "where in the body is one found?"));
  EXPECT_THAT(Parts("What is sepsis? How is sepsis treated?"),
              ElementsAre("What is sepsis?", "How is sepsis treated?"));
}

TEST(CompoundQuestionTest, SaysWhatAPronounStandsFor) {
  EXPECT_THAT(Parts("What is the dose of heparin and what are its side effects?"),
              ElementsAre("What is the dose of heparin?", "what are heparin side effects?"));
  EXPECT_THAT(Parts("What is the cause of cystic fibrosis, and how is it treated?"),
              ElementsAre("What is the cause of cystic fibrosis?", "how is cystic fibrosis treated?"));
}

TEST(CompoundQuestionTest, SaysWhereThePartsStand) {
  const auto parts = SplitQuestion("What is sepsis and how is sepsis treated?");
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].span, (Span{0, 14}));
  EXPECT_EQ(parts[1].span, (Span{19, 40}));
}

TEST(CompoundQuestionTest, TakesThreeParts) {
  EXPECT_THAT(Parts("What is sepsis, and how is sepsis found, and how is sepsis treated?"),
              ElementsAre("What is sepsis?", "how is sepsis found?", "how is sepsis treated?"));
}

TEST(CompoundQuestionTest, LeavesASingleQuestionWhole) {
  for (const char* question :
       {"", "?", "What is the dose of heparin?", "Are calcium and vitamin D given together?",
        "As of 2019, what type of cancer is commonly found?", "Human albumin is a protein and is involved in what?",
        "List genes that are known and which are found in glioma", "heparin and what is known of it"}) {
    EXPECT_THAT(Parts(question), IsEmpty()) << question;
  }
}

TEST(CompoundQuestionTest, LeavesAQuestionWholeWhereAPronounIsNotClear) {
  EXPECT_THAT(Parts("What treats sepsis and how is it given?"), IsEmpty());
  EXPECT_THAT(Parts("What is it and how is sepsis treated?"), IsEmpty());
}

TEST(CompoundQuestionTest, LeavesAQuestionWholeWhereAPartSaysTooLittle) {
  EXPECT_THAT(Parts("Which test is recommended before carbamazepine and why?"), IsEmpty());
  EXPECT_THAT(Parts("Who? What is sepsis?"), IsEmpty());
}

TEST(CompoundQuestionTest, LeavesAListOfQuestionsWhole) {
  EXPECT_THAT(Parts("What is a b? What is b c? What is c d? What is d e?"), IsEmpty());
}

}  // namespace
}  // namespace bedside
