#include "services/hooks/feedback_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nlohmann/json.hpp"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

json Overridden() {
  return {{"card", "c1"},
          {"outcome", "overridden"},
          {"overrideReason",
           {{"reason", {{"code", "known"}, {"system", "https://e.example"}}}, {"userComment", "Jane Doe knows"}}},
          {"outcomeTimestamp", "2020-12-11T00:00:00Z"}};
}

json Accepted() {
  return {{"card", "c2"},
          {"outcome", "accepted"},
          {"acceptedSuggestions", {{{"id", "s1"}}}},
          {"outcomeTimestamp", "2020-12-11T01:00:00+01:00"}};
}

std::string Refusal(const json& feedback) {
  const auto parsed = ParseFeedbackCall(json({{"feedback", {feedback}}}).dump());
  EXPECT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument) << feedback;
  return std::string(parsed.status().message());
}

TEST(FeedbackCallTest, SaysWhatBecameOfCards) {
  const auto parsed = ParseFeedbackCall(json({{"feedback", {Overridden(), Accepted()}}}).dump());
  ASSERT_THAT(parsed, IsOk());
  ASSERT_THAT(*parsed, SizeIs(2));
  EXPECT_FALSE((*parsed)[0].accepted);
  EXPECT_EQ((*parsed)[0].override_code, "known");
  EXPECT_EQ((*parsed)[0].override_system, "https://e.example");
  EXPECT_TRUE((*parsed)[1].accepted);
  EXPECT_EQ((*parsed)[0].outcome_time, (*parsed)[1].outcome_time);
}

TEST(FeedbackCallTest, ACardMayBeOverriddenWithoutAReason) {
  json feedback = Overridden();
  feedback.erase("overrideReason");
  EXPECT_THAT(ParseFeedbackCall(json({{"feedback", {feedback}}}).dump()), IsOk());
  feedback["overrideReason"] = {{"userComment", "only words"}};
  EXPECT_THAT(ParseFeedbackCall(json({{"feedback", {feedback}}}).dump()), IsOk());
}

TEST(FeedbackCallTest, NamesWhatIsMissing) {
  for (const char* element : {"card", "outcome", "outcomeTimestamp"}) {
    json feedback = Overridden();
    feedback.erase(element);
    EXPECT_THAT(Refusal(feedback), HasSubstr(std::string("call.feedback[0].") + element)) << element;
  }
  json accepted = Accepted();
  accepted.erase("acceptedSuggestions");
  EXPECT_THAT(Refusal(accepted), HasSubstr("call.feedback[0].acceptedSuggestions: wanted at least one"));
}

TEST(FeedbackCallTest, ATimeIsOneThatJsonCanSay) {
  for (const char* time : {"infinite-future", "infinite-past", "12026-01-01T00:00:00Z", "1815-06-18T10:00:00Z"}) {
    json feedback = Overridden();
    feedback["outcomeTimestamp"] = time;
    EXPECT_THAT(Refusal(feedback), HasSubstr("outcomeTimestamp: wanted a time of RFC 3339")) << time;
  }
}

TEST(FeedbackCallTest, RepeatsNothing) {
  json feedback = Overridden();
  feedback["outcome"] = "Jane Doe";
  EXPECT_THAT(Refusal(feedback), Not(HasSubstr("Jane")));
  feedback = Overridden();
  feedback["outcomeTimestamp"] = "Jane Doe";
  EXPECT_THAT(Refusal(feedback), Not(HasSubstr("Jane")));
}

TEST(FeedbackCallTest, IsAListOfOneToAHundred) {
  for (const std::string& body :
       {std::string("{}"), std::string("[]"), std::string("{"), json({{"feedback", json::array()}}).dump(),
        json({{"feedback", std::vector<json>(101, Overridden())}}).dump()}) {
    EXPECT_THAT(ParseFeedbackCall(body).status(), StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

}  // namespace
}  // namespace bedside
