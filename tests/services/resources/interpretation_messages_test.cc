#include "services/resources/interpretation_messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bedside {
namespace {

using ::testing::ElementsAre;

TEST(InterpretationMessagesTest, SaysNothingOfAQuestionThatWasSearchedAsAsked) {
  InterpretedQuestion question;
  question.corrected = "aspirin in stroke";
  question.terms = {{"aspirin", 1}};
  EXPECT_EQ(InterpretationMessage(question).ByteSizeLong(), 0u);
}

TEST(InterpretationMessagesTest, SaysWhatWasAssumedInTheOrderOfTheQuestion) {
  InterpretedQuestion question;
  question.assumptions = {{AssumptionKind::kPart, "What is x", "What is x?", {10, 19}},
                          {AssumptionKind::kSpelling, "asprin", "aspirin", {0, 6}},
                          {AssumptionKind::kThesaurus, "stroke", "Cerebral Infarction", {30, 36}},
                          {AssumptionKind::kAbbreviation, "AMI", "acute myocardial infarction", {20, 23}}};
  const v1::Interpretation message = InterpretationMessage(question);
  ASSERT_EQ(message.assumptions_size(), 4);
  EXPECT_EQ(message.assumptions(0).kind(), v1::ASSUMPTION_KIND_SPELLING);
  EXPECT_EQ(message.assumptions(0).from(), "asprin");
  EXPECT_EQ(message.assumptions(0).to(), "aspirin");
  EXPECT_EQ(message.assumptions(0).span().begin(), 0u);
  EXPECT_EQ(message.assumptions(0).span().end(), 6u);
  EXPECT_EQ(message.assumptions(1).kind(), v1::ASSUMPTION_KIND_PART);
  EXPECT_EQ(message.assumptions(2).kind(), v1::ASSUMPTION_KIND_ABBREVIATION);
  EXPECT_EQ(message.assumptions(3).kind(), v1::ASSUMPTION_KIND_THESAURUS);
}

TEST(InterpretationMessagesTest, SaysWhatWasNotClear) {
  InterpretedQuestion question;
  question.ambiguities = {{"quinidne", {"quinidine", "quinine"}, {3, 11}}};
  const v1::Interpretation message = InterpretationMessage(question);
  ASSERT_EQ(message.ambiguities_size(), 1);
  EXPECT_EQ(message.ambiguities(0).word(), "quinidne");
  EXPECT_THAT(message.ambiguities(0).names(), ElementsAre("quinidine", "quinine"));
  EXPECT_EQ(message.ambiguities(0).span().begin(), 3u);
}

}  // namespace
}  // namespace bedside
