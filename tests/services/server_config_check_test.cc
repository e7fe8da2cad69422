#include "services/server_config_check.h"

#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

config::ServerConfig Sound() {
  config::ServerConfig config;
  config.mutable_index()->set_store_path("/store");
  config.mutable_index()->mutable_embedder()->set_model_path("/model");
  return config;
}

config::ChatGeneratorConfig* SoundChat(config::ServerConfig* config) {
  auto* chat = config->mutable_answer()->mutable_generator()->mutable_chat();
  chat->set_base_url("http://127.0.0.1:8081/v1");
  chat->set_model("small");
  return chat;
}

TEST(ServerConfigCheckTest, WhatIsRequiredIsEnough) {
  config::ServerConfig config = Sound();
  EXPECT_THAT(FindServerViolations(config), IsEmpty());
  SoundChat(&config);
  EXPECT_THAT(FindServerViolations(config), IsEmpty());
}

TEST(ServerConfigCheckTest, AReportHasANameThatCanBeAskedFor) {
  config::ServerConfig config = Sound();
  config.mutable_quality()->add_report_paths("evaluation/Answers.htm");
  EXPECT_THAT(FindServerViolations(config), ElementsAre(HasSubstr("evaluation/Answers.htm, wanted files named NAME")));
}

TEST(ServerConfigCheckTest, APortThatOthersCanReachIsNotOpenToAll) {
  for (const char* address :
       {"0.0.0.0:8443", "[::]:8443", "bedside.example:8443", "10.0.0.1:0", "localhost.example:1"}) {
    config::ServerConfig config = Sound();
    config.set_listen_address(address);
    EXPECT_THAT(FindServerViolations(config),
                ElementsAre(AllOf(HasSubstr(address), HasSubstr("open_to_all_accepted"))));
    config.mutable_tls();
    EXPECT_THAT(FindServerViolations(config), ElementsAre(HasSubstr("access is not configured"))) << "TLS lets all in";
    config.mutable_access();
    EXPECT_THAT(FindServerViolations(config), IsEmpty());
    config.clear_tls();
    config.set_open_to_all_accepted(true);
    EXPECT_THAT(FindServerViolations(config), ElementsAre(HasSubstr("access is configured without tls")));
    config.clear_access();
    EXPECT_THAT(FindServerViolations(config), IsEmpty());
  }
}

TEST(ServerConfigCheckTest, ALoopbackPortNeedsNeitherTlsNorAccess) {
  for (const char* address : {"", "localhost:8443", "127.0.0.1:8443", "[::1]:8443"}) {
    config::ServerConfig config = Sound();
    config.set_listen_address(address);
    EXPECT_THAT(FindServerViolations(config), IsEmpty());
    config.mutable_access();
    EXPECT_THAT(FindServerViolations(config), IsEmpty());
  }
}

TEST(ServerConfigCheckTest, FieldsAndAnswersAreNamedAtOnce) {
  config::ServerConfig config = Sound();
  config.set_workers(5000);
  config.mutable_answer()->set_max_evidence(51);
  SoundChat(&config)->set_api_key_file("/nowhere/key");
  EXPECT_THAT(FindServerViolations(config),
              ElementsAre(HasSubstr("workers is 5000"),
                          AllOf(HasSubstr("max_evidence is 51"), HasSubstr("api_key_file /nowhere/key"))));
}

TEST(ServerConfigCheckTest, WeightsAndTheThesaurusOfAQuestionAreNamed) {
  for (const double weight : {0.0, -1.0, 1.5, std::nan("")}) {
    config::ServerConfig config = Sound();
    config::QueryConfig& query = *config.mutable_retrieval()->mutable_query();
    query.set_abbreviation_weight(weight);
    query.set_thesaurus_weight(weight);
    query.set_thesaurus_path("/nowhere/desc.xml");
    EXPECT_THAT(FindServerViolations(config),
                ElementsAre(HasSubstr("retrieval.query.abbreviation_weight is "),
                            HasSubstr("retrieval.query.thesaurus_weight is "),
                            HasSubstr("retrieval.query.thesaurus_path /nowhere/desc.xml is no file")));
  }
  config::ServerConfig config = Sound();
  config.mutable_retrieval()->mutable_query()->set_abbreviation_weight(1);
  config.mutable_retrieval()->mutable_query()->set_thesaurus_weight(0.01);
  EXPECT_THAT(FindServerViolations(config), IsEmpty());
}

TEST(ServerConfigCheckTest, EveryWeightOfThePriorsIsNamed) {
  for (const double weight : {-0.01, 0.11, std::nan("")}) {
    config::ServerConfig config = Sound();
    config::PriorsConfig& priors = *config.mutable_retrieval()->mutable_priors();
    priors.set_kind_weight(weight);
    priors.set_age_weight(weight);
    priors.set_grade_weight(weight);
    priors.set_jurisdiction_weight(weight);
    priors.set_status_weight(weight);
    EXPECT_THAT(
        FindServerViolations(config),
        ElementsAre(AllOf(HasSubstr("retrieval.priors.kind_weight is "), HasSubstr(", wanted 0 to 0.1")),
                    HasSubstr("retrieval.priors.age_weight is "), HasSubstr("retrieval.priors.grade_weight is "),
                    HasSubstr("retrieval.priors.jurisdiction_weight is "),
                    HasSubstr("retrieval.priors.status_weight is ")));
  }
}

TEST(ServerConfigCheckTest, AHundredJurisdictionsAreEnough) {
  config::ServerConfig config = Sound();
  config::PriorsConfig& priors = *config.mutable_retrieval()->mutable_priors();
  priors.set_kind_weight(0);
  priors.set_status_weight(0.1);
  for (int i = 0; i < 100; ++i) priors.add_jurisdictions("UK");
  EXPECT_THAT(FindServerViolations(config), IsEmpty());
  priors.add_jurisdictions("UK");
  EXPECT_THAT(FindServerViolations(config),
              ElementsAre("retrieval.priors.jurisdictions has 101 entries, wanted at most 100"));
}

TEST(ServerConfigCheckTest, AJurisdictionHasAName) {
  config::ServerConfig config = Sound();
  config.mutable_retrieval()->mutable_priors()->add_jurisdictions("UK");
  EXPECT_THAT(FindServerViolations(config), IsEmpty());
  config.mutable_retrieval()->mutable_priors()->add_jurisdictions("");
  EXPECT_THAT(FindServerViolations(config),
              ElementsAre("retrieval.priors.jurisdictions has an empty entry, which would prefer unknown ones"));
}

TEST(ServerConfigCheckTest, TheEvidenceListOfAnAnswerIsChecked) {
  config::ServerConfig config = Sound();
  config::EvidenceListConfig& list = *config.mutable_retrieval()->mutable_evidence_list();
  list.set_fold_near_duplicates(false);
  for (const uint32_t sound : {0U, 1U, 50U}) {
    list.set_passages_of_document(sound);
    EXPECT_THAT(FindServerViolations(config), IsEmpty());
  }
  list.set_passages_of_document(51);
  EXPECT_THAT(FindServerViolations(config), ElementsAre("retrieval.evidence_list.passages_of_document is 51, wanted 1 "
                                                        "to 50, or 0 for the default"));
}

TEST(ServerConfigCheckTest, AChatServerElsewhereMustBeAccepted) {
  config::ServerConfig config = Sound();
  config::ChatGeneratorConfig* chat = SoundChat(&config);
  chat->set_base_url("http://192.0.2.1/v1");
  EXPECT_THAT(FindServerViolations(config), ElementsAre(HasSubstr("not on this machine")));
  config.mutable_answer()->set_max_evidence(51);
  EXPECT_THAT(FindServerViolations(config), ElementsAre(HasSubstr("max_evidence"), HasSubstr("not on this machine")))
      << "also beside another mistake";
  config.mutable_answer()->clear_max_evidence();
  chat->set_outside_trust_zone_accepted(true);
  EXPECT_THAT(FindServerViolations(config), IsEmpty());
}

TEST(ServerConfigCheckTest, AHostOfTheTrustZoneNeedsNoConsentAndItsQuestionsMayBeSentAsTheyAre) {
  config::ServerConfig config = Sound();
  SoundChat(&config)->set_base_url("http://LLM.ward.example/v1");
  config::GeneratorConfig& generator = *config.mutable_answer()->mutable_generator();
  EXPECT_THAT(FindServerViolations(config), ElementsAre(HasSubstr("generator.trust_zone")));
  generator.add_trust_zone("llm.Ward.example");
  EXPECT_THAT(FindServerViolations(config), IsEmpty());
  generator.mutable_deidentification()->set_enabled(false);
  EXPECT_THAT(FindServerViolations(config), IsEmpty());
}

TEST(ServerConfigCheckTest, IdentifyingQuestionsNeverLeaveTheTrustZone) {
  config::ServerConfig config = Sound();
  SoundChat(&config)->set_base_url("http://192.0.2.1/v1");
  config::GeneratorConfig& generator = *config.mutable_answer()->mutable_generator();
  generator.mutable_chat()->set_outside_trust_zone_accepted(true);
  generator.mutable_deidentification()->set_enabled(false);
  EXPECT_THAT(FindServerViolations(config),
              ElementsAre(AllOf(HasSubstr("192.0.2.1"), HasSubstr("deidentification.enabled: false"))));
  generator.mutable_deidentification()->clear_enabled();
  EXPECT_THAT(FindServerViolations(config), IsEmpty());
}

TEST(ServerConfigCheckTest, AGeneratorBackendElsewhereMustBeAcceptedAndEncrypted) {
  config::ServerConfig config = Sound();
  auto* grpc = config.mutable_answer()->mutable_generator()->mutable_grpc();
  grpc->set_target("localhost:9000");
  grpc->set_model("site-model");
  EXPECT_THAT(FindServerViolations(config), IsEmpty());
  grpc->set_target("192.0.2.1:9000");
  EXPECT_THAT(FindServerViolations(config),
              ElementsAre(HasSubstr("needs tls: true"), HasSubstr("192.0.2.1 is not on this machine")));
  grpc->set_tls(true);
  grpc->set_outside_trust_zone_accepted(true);
  EXPECT_THAT(FindServerViolations(config), IsEmpty());
  grpc->set_timeout_ms(600'001);
  EXPECT_THAT(FindServerViolations(config), ElementsAre(HasSubstr("answer.generator.grpc.timeout_ms")));
}

}  // namespace
}  // namespace bedside
