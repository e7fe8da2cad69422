#include "tools/bedside/doctor/config_checks.h"

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::HasSubstr;

config::ServerConfig GoodConfig() {
  config::ServerConfig config;
  config.mutable_index()->set_store_path("/s");
  config.mutable_index()->mutable_embedder()->set_model_path("/m");
  return config;
}

TEST(CheckConfigFileTest, ReadsTheConfiguration) {
  const std::string folder = TempFolder();
  config::ServerConfig config;
  EXPECT_EQ(CheckConfigFile(WriteFile(folder, "c.textproto", "workers: 3"), &config).level, FindingLevel::kOk);
  EXPECT_EQ(config.workers(), 3u);
}

TEST(CheckConfigFileTest, AnUnknownFieldIsAFailureWithItsPlace) {
  const std::string folder = TempFolder();
  config::ServerConfig config;
  const Finding finding = CheckConfigFile(WriteFile(folder, "c.textproto", "\nworker: 3"), &config);
  EXPECT_EQ(finding.level, FindingLevel::kFailure);
  EXPECT_THAT(finding.message, HasSubstr("c.textproto:2:"));
  EXPECT_NE(finding.next_step, "");
}

TEST(CheckConfigFieldsTest, DefaultsAreWell) {
  const Findings findings = CheckConfigFields(GoodConfig());
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].level, FindingLevel::kOk);
}

struct BadField {
  std::function<void(config::ServerConfig*)> spoil;
  const char* message;
};

class BadConfigTest : public testing::TestWithParam<BadField> {};

TEST_P(BadConfigTest, IsOneFailureThatNamesTheField) {
  config::ServerConfig config = GoodConfig();
  GetParam().spoil(&config);
  const Findings findings = CheckConfigFields(config);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].level, FindingLevel::kFailure);
  EXPECT_THAT(findings[0].message, HasSubstr(GetParam().message));
  EXPECT_NE(findings[0].next_step, "");
}

config::ChatGeneratorConfig* GoodChat(config::ServerConfig* config) {
  auto* chat = config->mutable_answer()->mutable_generator()->mutable_chat();
  chat->set_base_url("http://127.0.0.1:1/v1");
  chat->set_model("m");
  return chat;
}

INSTANTIATE_TEST_SUITE_P(
    All, BadConfigTest,
    testing::Values(
        BadField{[](auto* config) { config->mutable_index()->clear_store_path(); }, "index.store_path"},
        BadField{[](auto* config) { config->mutable_index()->clear_embedder(); }, "index.embedder.model_path"},
        BadField{[](auto* config) { config->mutable_index()->set_kept_generations(101); }, "kept_generations"},
        BadField{[](auto* config) { config->mutable_pipeline()->mutable_chunking()->set_target_tokens(7); },
                 "target_tokens"},
        BadField{[](auto* config) { config->set_listen_address("8443"); }, "listen_address"},
        BadField{[](auto* config) { config->set_import_root("/nowhere/at/all"); }, "import_root"},
        BadField{[](auto* config) { config->set_backup_root("/nowhere/at/all"); }, "backup_root"},
        BadField{[](auto* config) { config->set_shutdown_delay_ms(120'001); }, "shutdown_delay_ms"},
        BadField{[](auto* config) { config->mutable_answer()->set_max_evidence(51); }, "max_evidence is 51"},
        BadField{[](auto* config) { config->mutable_answer()->set_max_sentences(21); }, "max_sentences is 21"},
        BadField{[](auto* config) { config->mutable_answer()->set_min_relevance(1.5); }, "min_relevance is 1.5"},
        BadField{[](auto* config) { GoodChat(config)->clear_base_url(); }, "base_url of the chat generator"},
        BadField{[](auto* config) { GoodChat(config)->clear_model(); }, "model of the chat generator"},
        BadField{[](auto* config) { GoodChat(config)->set_api_key_file("/nowhere/key"); }, "api_key_file /nowhere/key"},
        BadField{[](auto* config) { GoodChat(config)->set_base_url("http://192.0.2.1/v1"); }, "not on this machine"}));

TEST(CheckConfigFieldsTest, SendingQuestionsElsewhereIsAWarning) {
  config::ServerConfig config = GoodConfig();
  GoodChat(&config)->set_outside_trust_zone_accepted(true);
  const Findings findings = CheckConfigFields(config);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].level, FindingLevel::kWarning);
}

TEST(CheckConfigFieldsTest, EverythingThatIsWrongIsSaidAtOnce) {
  config::ServerConfig config;
  config.set_listen_address("x");
  config.mutable_answer()->set_max_evidence(99);
  EXPECT_EQ(CheckConfigFields(config).size(), 4u);
}

}  // namespace
}  // namespace bedside
