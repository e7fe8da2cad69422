#include "services/answer/answer_settings.h"

#include <cmath>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// Path of a new file that holds `content`.
std::string FileWith(const std::string& content) {
  const std::string path = testing::TempDir() + "/api_key";
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

config::AnswerConfig ChatConfig() {
  config::AnswerConfig config;
  config.mutable_generator()->mutable_chat()->set_base_url("http://127.0.0.1:8081/v1");
  config.mutable_generator()->mutable_chat()->set_model("small");
  return config;
}

TEST(AnswerSettingsTest, EmptyConfigurationMeansTheDefaults) {
  const auto settings = ReadAnswerSettings({});
  ASSERT_THAT(settings, IsOk());
  EXPECT_EQ(settings->max_evidence, 8u);
  EXPECT_EQ(settings->max_sentences, 4u);
  EXPECT_EQ(settings->min_relevance, kDefaultMinRelevance);
  EXPECT_FALSE(settings->chat.has_value());
  EXPECT_EQ(settings->age_limits.generation_days, 365);
  EXPECT_EQ(settings->age_limits.status_days, 0);
  EXPECT_EQ(settings->age_limits.source_days, 3650);
  EXPECT_EQ(settings->watts_per_core, 7);
}

TEST(AnswerSettingsTest, ValuesAreTaken) {
  config::AnswerConfig config = ChatConfig();
  config.set_max_evidence(50);
  config.set_max_sentences(20);
  config.set_min_relevance(0);
  config.mutable_age()->set_generation_days(0);
  config.mutable_age()->set_status_days(9);
  config.mutable_age()->set_source_days(10);
  config.set_watts_per_core(0.5);
  auto& chat = *config.mutable_generator()->mutable_chat();
  chat.set_timeout_ms(5);
  chat.set_first_token_timeout_ms(6);
  chat.set_max_prompt_tokens(7);
  chat.set_max_answer_tokens(8);
  chat.set_outside_trust_zone_accepted(true);
  chat.set_api_key_file(FileWith("k-123\n"));
  const auto settings = ReadAnswerSettings(config);
  ASSERT_THAT(settings, IsOk());
  EXPECT_EQ(settings->max_evidence, 50u);
  EXPECT_EQ(settings->max_sentences, 20u);
  EXPECT_EQ(settings->min_relevance, 0);
  EXPECT_EQ(settings->age_limits.generation_days, 0) << "never old";
  EXPECT_EQ(settings->age_limits.status_days, 9);
  EXPECT_EQ(settings->age_limits.source_days, 10);
  EXPECT_EQ(settings->watts_per_core, 0.5);
  EXPECT_EQ(settings->chat->timeout, absl::Milliseconds(5));
  EXPECT_EQ(settings->chat->first_token_timeout, absl::Milliseconds(6));
  EXPECT_EQ(settings->prompt_budget.tokens, 7u);
  EXPECT_EQ(settings->chat->max_answer_tokens, 8u);
  EXPECT_EQ(settings->chat->api_key, "k-123");
  EXPECT_TRUE(settings->egress.outside_trust_zone_accepted);
}

TEST(AnswerSettingsTest, EveryProblemIsNamedAtOnce) {
  config::AnswerConfig config;
  config.set_max_evidence(51);
  config.set_max_sentences(21);
  config.set_min_relevance(1.5);
  config.mutable_age()->set_source_days(36'501);
  config.set_watts_per_core(0);
  config.mutable_generator()->mutable_chat()->set_base_url("ftp://example.org");
  EXPECT_THAT(ReadAnswerSettings(config),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("max_evidence is 51"), HasSubstr("max_sentences is 21"),
                             HasSubstr("min_relevance is 1.5"), HasSubstr("age.source_days is 36501"),
                             HasSubstr("watts_per_core is 0"), HasSubstr("base_url"), HasSubstr("model"))));
}

TEST(AnswerSettingsTest, RelevanceThatIsNoNumberIsRefused) {
  config::AnswerConfig config;
  config.set_min_relevance(std::nan(""));
  EXPECT_THAT(ReadAnswerSettings(config), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(AnswerSettingsTest, UnsupportedSentencesAreRemovedUnlessTheyAreToBeMarked) {
  config::AnswerConfig config;
  EXPECT_FALSE(ReadAnswerSettings(config)->mark_unsupported);
  config.set_unsupported_sentences(config::UNSUPPORTED_SENTENCES_MARK);
  EXPECT_TRUE(ReadAnswerSettings(config)->mark_unsupported);
  config.set_unsupported_sentences(static_cast<config::UnsupportedSentences>(9));
  EXPECT_THAT(ReadAnswerSettings(config),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("unsupported_sentences is 9")));
}

TEST(AnswerSettingsTest, KeyFileMustHoldOneToken) {
  config::AnswerConfig config = ChatConfig();
  for (const std::string& content : {std::string(), std::string(" \n"), std::string("two\nlines"),
                                     std::string("a\r\nX-Evil: 1"), std::string("a\0b", 3), std::string(5000, 'k')}) {
    config.mutable_generator()->mutable_chat()->set_api_key_file(FileWith(content));
    EXPECT_THAT(ReadAnswerSettings(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("api_key_file")));
  }
}

TEST(AnswerSettingsTest, MissingKeyFileIsRefused) {
  config::AnswerConfig config = ChatConfig();
  for (const std::string& path : {testing::TempDir() + "/absent", testing::TempDir()}) {
    config.mutable_generator()->mutable_chat()->set_api_key_file(path);
    EXPECT_THAT(ReadAnswerSettings(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(path)));
  }
}

}  // namespace
}  // namespace bedside
