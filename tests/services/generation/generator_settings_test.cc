#include "services/generation/generator_settings.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/test_certificate.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string FileWith(const std::string& content) { return WriteFile(TempFolder(), "file", content); }

config::GrpcGeneratorConfig SoundGrpc() {
  config::GrpcGeneratorConfig config;
  config.set_target("127.0.0.1:9000");
  config.set_model("site-model");
  return config;
}

std::vector<std::string> ProblemsOf(const config::GrpcGeneratorConfig& config) {
  std::vector<std::string> problems;
  ReadGrpcSettings(config, problems);
  return problems;
}

std::vector<std::string> ProblemsOf(const config::PromptConfig& config) {
  std::vector<std::string> problems;
  ReadPromptSettings(config, problems);
  return problems;
}

TEST(GeneratorSettingsTest, GrpcNeedsATargetAndAModel) {
  EXPECT_THAT(ProblemsOf(SoundGrpc()), IsEmpty());
  EXPECT_THAT(ProblemsOf(config::GrpcGeneratorConfig()), ElementsAre(HasSubstr("target"), HasSubstr("model")));
}

TEST(GeneratorSettingsTest, GrpcValuesAreTaken) {
  config::GrpcGeneratorConfig config = SoundGrpc();
  const std::string certificate = MakeTestCertificate().certificate;
  config.set_target("Model.Example.org:443");
  config.set_tls(true);
  config.set_ca_file(FileWith(certificate));
  config.set_api_key_file(FileWith(" k-1\n"));
  config.set_timeout_ms(5);
  config.set_first_token_timeout_ms(6);
  config.set_max_answer_tokens(7);
  std::vector<std::string> problems;
  const GrpcGeneratorSettings settings = ReadGrpcSettings(config, problems);
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(settings.target, "Model.Example.org:443");
  EXPECT_EQ(settings.host, "model.example.org");
  EXPECT_EQ(settings.model, "site-model");
  EXPECT_TRUE(settings.tls);
  EXPECT_EQ(settings.ca_certificates, certificate);
  EXPECT_EQ(settings.api_key, "k-1");
  EXPECT_EQ(settings.timeout, absl::Milliseconds(5));
  EXPECT_EQ(settings.first_token_timeout, absl::Milliseconds(6));
  EXPECT_EQ(settings.max_answer_tokens, 7u);
}

TEST(GeneratorSettingsTest, TargetIsHostAndPort) {
  EXPECT_EQ(HostOf("LocalHost:1"), "localhost");
  EXPECT_EQ(HostOf("[::1]:65535"), "[::1]");
  for (const char* target : {"", "host", "host:", ":1", "host:0", "host:65536", "dns:///host:1", "unix:/socket",
                             "::1:5", "a b:1", "a,b:1", "user@host:1", "host:1/x"}) {
    EXPECT_FALSE(HostOf(target).has_value()) << target;
  }
}

TEST(GeneratorSettingsTest, GrpcElsewhereIsEncrypted) {
  config::GrpcGeneratorConfig config = SoundGrpc();
  config.set_target("192.0.2.1:443");
  EXPECT_THAT(ProblemsOf(config), ElementsAre(HasSubstr("needs tls: true")));
  config.set_tls(true);
  EXPECT_THAT(ProblemsOf(config), IsEmpty());
}

TEST(GeneratorSettingsTest, AuthoritiesWithoutTlsAreAMistake) {
  config::GrpcGeneratorConfig config = SoundGrpc();
  config.set_ca_file(FileWith(MakeTestCertificate().certificate));
  EXPECT_THAT(ProblemsOf(config), ElementsAre(HasSubstr("ca_file of the grpc generator needs tls: true")));
}

TEST(GeneratorSettingsTest, FilesThatCannotBeUsedAreNamedWithoutWhatTheyHold) {
  config::GrpcGeneratorConfig config = SoundGrpc();
  config.set_tls(true);
  config.set_ca_file(FileWith("nothing of the kind"));
  config.set_api_key_file(FileWith("two words"));
  EXPECT_THAT(ProblemsOf(config),
              ElementsAre(AllOf(HasSubstr(config.api_key_file()), Not(HasSubstr("two words"))),
                          AllOf(HasSubstr(config.ca_file()), Not(HasSubstr("nothing of the kind")))));
  config.set_ca_file("no/such/file");
  config.set_api_key_file("no/such/key");
  EXPECT_THAT(ProblemsOf(config), ElementsAre(HasSubstr("no/such/key"), HasSubstr("no/such/file")));
}

TEST(GeneratorSettingsTest, ChatServerMayHaveAuthoritiesOfItsOwn) {
  config::ChatGeneratorConfig config;
  config.set_base_url("https://127.0.0.1:8081/v1");
  config.set_model("small");
  config.set_ca_file(FileWith(MakeTestCertificate().certificate));
  std::vector<std::string> problems;
  EXPECT_EQ(ReadChatSettings(config, problems).ca_file, config.ca_file());
  EXPECT_THAT(problems, IsEmpty());
  config.set_ca_file("no/such/file");
  ReadChatSettings(config, problems);
  EXPECT_THAT(problems, ElementsAre(HasSubstr("ca_file no/such/file")));
}

TEST(GeneratorSettingsTest, PromptIsTheShippedOneUnlessASiteHasItsOwn) {
  std::vector<std::string> problems;
  EXPECT_EQ(ReadPromptSettings({}, problems).prompt_template.version(), PromptTemplate::Shipped().version());
  config::PromptConfig config;
  config.set_template_path(FileWith(
      "version: ours-1\n[system]\n{{no_answer}}{{mark}}{{marker}}\n[user]\n{{passages}}{{patient}}{{question}}\n"));
  EXPECT_EQ(ReadPromptSettings(config, problems).prompt_template.version(), "ours-1");
  EXPECT_THAT(problems, IsEmpty());
}

TEST(GeneratorSettingsTest, TemplateThatLacksAPlaceIsNamed) {
  config::PromptConfig config;
  config.set_template_path(FileWith("version: ours-1\n[system]\nAnswer.\n[user]\n{{passages}}\n"));
  EXPECT_THAT(ProblemsOf(config), ElementsAre(AllOf(HasSubstr(config.template_path()), HasSubstr("{{no_answer}}"))));
}

TEST(GeneratorSettingsTest, SecretIsLongEnough) {
  config::PromptConfig config;
  config.set_secret_file(FileWith(std::string(16, 's')));
  std::vector<std::string> problems;
  EXPECT_EQ(ReadPromptSettings(config, problems).secret, std::string(16, 's'));
  EXPECT_THAT(problems, IsEmpty());
  for (const std::string& secret : {std::string(15, 's'), std::string(4097, 's')}) {
    config.set_secret_file(FileWith(secret));
    EXPECT_THAT(ProblemsOf(config), ElementsAre(AllOf(HasSubstr("secret_file"), Not(HasSubstr("sss")))));
  }
  config.set_secret_file("no/such/file");
  EXPECT_THAT(ProblemsOf(config), ElementsAre(HasSubstr("secret_file no/such/file")));
}

}  // namespace
}  // namespace bedside
