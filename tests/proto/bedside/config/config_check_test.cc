#include "proto/bedside/config/config_check.h"

#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A configuration with what is required.
template <typename Config>
Config Sound() {
  Config config;
  config.mutable_index()->set_store_path("/store");
  config.mutable_index()->mutable_embedder()->set_model_path("/model");
  return config;
}

TEST(ConfigCheckTest, DefaultsAreSound) {
  EXPECT_THAT(FindViolations(Sound<config::IngestConfig>()), IsEmpty());
  EXPECT_THAT(FindViolations(Sound<config::ServerConfig>()), IsEmpty());
  EXPECT_THAT(FindViolations(config::IndexConfig(), config::PipelineConfig()), IsEmpty());
}

TEST(ConfigCheckTest, TheEndsOfRangesAreSound) {
  auto config = Sound<config::IngestConfig>();
  config.mutable_index()->mutable_vector()->set_hnsw_links(4);
  config.mutable_index()->mutable_vector()->set_hnsw_build_beam(2000);
  config.mutable_index()->set_kept_generations(100);
  config.mutable_index()->mutable_vector()->set_flat_limit(100'000'000);
  config.mutable_pipeline()->mutable_chunking()->set_target_tokens(512);
  config.mutable_pipeline()->mutable_limits()->set_max_file_bytes(10);
  config.mutable_pipeline()->mutable_limits()->set_pdf_seconds(3600);
  config.mutable_pipeline()->mutable_limits()->set_pdf_memory_bytes(uint64_t{16} << 20);
  config.set_corpus(std::string(63, 'a'));
  EXPECT_THAT(FindViolations(config), IsEmpty());
}

TEST(ConfigCheckTest, TheGateOfPublicationWantsSharesAndQuestionsToMeasureThemBy) {
  auto config = Sound<config::IngestConfig>();
  config::PublicationGateConfig& gate = *config.mutable_pipeline()->mutable_publication_gate();
  gate.set_questions_path("gold.jsonl");
  gate.set_min_recall_at_10(1);
  gate.set_max_abstention_rate(0);
  EXPECT_THAT(FindViolations(config), IsEmpty());
  gate.set_min_recall_at_10(1.5);
  gate.set_max_relative_loss(-1);
  EXPECT_THAT(FindViolations(config), ElementsAre("pipeline.publication_gate.min_recall_at_10 is 1.5, wanted 0 to 1",
                                                  "pipeline.publication_gate.max_relative_loss is -1, wanted 0 to 1"));
  gate.Clear();
  gate.set_min_ndcg_at_10(0.5);
  gate.add_warm_up_questions("");
  EXPECT_THAT(FindViolations(config),
              ElementsAre(HasSubstr("publication_gate.questions_path is missing"), HasSubstr("warm_up_questions")));
}

TEST(ConfigCheckTest, AWorkshopWantsItsFolderItsNameAndAServer) {
  auto config = Sound<config::IngestConfig>();
  config.mutable_workshop()->set_path("/workshop");
  EXPECT_THAT(FindViolations(config),
              ElementsAre(HasSubstr("workshop.name is missing"), "workshop.server is \"\", wanted host:port"));
  config.mutable_workshop()->set_name("workshop");
  config.mutable_workshop()->set_server("bedside:8443");
  EXPECT_THAT(FindViolations(config), IsEmpty());
}

TEST(ConfigCheckTest, AThrottleIsAShareARateAndAPriority) {
  auto config = Sound<config::IngestConfig>();
  config::ThrottleConfig& throttle = *config.mutable_pipeline()->mutable_throttle();
  throttle.set_passages_per_second(20);
  throttle.set_busy_share(1);
  throttle.set_nice(19);
  EXPECT_THAT(FindViolations(config), IsEmpty());
  throttle.set_busy_share(0);
  throttle.set_nice(20);
  EXPECT_THAT(FindViolations(config), ElementsAre(HasSubstr("pipeline.throttle.nice is 20"),
                                                  "pipeline.throttle.busy_share is 0, wanted above 0 to 1"));
}

TEST(ConfigCheckTest, EveryMistakeIsNamedAtOnce) {
  config::IngestConfig config;
  config.mutable_index()->mutable_embedder()->set_max_tokens(7);
  config.mutable_index()->mutable_embedder()->set_threads(257);
  config.mutable_index()->mutable_embedder()->set_kept_questions(1000001);
  config.mutable_index()->mutable_vector()->set_hnsw_links(3);
  config.mutable_index()->mutable_vector()->set_hnsw_build_beam(15);
  config.mutable_index()->mutable_vector()->set_hnsw_search_beam(2001);
  config.mutable_index()->set_kept_generations(101);
  config.mutable_pipeline()->mutable_chunking()->set_target_tokens(31);
  config.mutable_index()->mutable_vector()->set_flat_limit(100'000'001);
  config.mutable_pipeline()->mutable_limits()->set_max_file_bytes(uint64_t{1} << 40);
  config.mutable_pipeline()->mutable_limits()->set_max_document_bytes(uint64_t{1} << 40);
  config.mutable_pipeline()->mutable_limits()->set_pdf_seconds(3601);
  config.mutable_pipeline()->mutable_limits()->set_pdf_memory_bytes(1);
  config.set_corpus("Not a corpus");
  EXPECT_THAT(
      FindViolations(config),
      ElementsAre("index.store_path is missing, wanted the folder of the store", HasSubstr("model_path is missing"),
                  "index.embedder.max_tokens is 7, wanted 8 to 512, or 0 for the default", HasSubstr("threads is 257"),
                  "index.embedder.kept_questions is 1000001, wanted 0 to 1000000",
                  HasSubstr("flat_limit is 100000001, wanted 1 to 100000000"),
                  HasSubstr("hnsw_links is 3, wanted 4 to 128"), HasSubstr("hnsw_build_beam is 15"),
                  HasSubstr("hnsw_search_beam is 2001"), HasSubstr("kept_generations is 101"),
                  HasSubstr("target_tokens is 31, wanted 32"), HasSubstr("target_tokens is 31, wanted at most"),
                  HasSubstr("max_file_bytes is 1099511627776, wanted 1 to 17179869184"),
                  HasSubstr("max_document_bytes is 1099511627776"), HasSubstr("pdf_seconds is 3601, wanted 1 to 3600"),
                  HasSubstr("pdf_memory_bytes is 1, wanted 16777216 to 68719476736"), HasSubstr("[a-z0-9-]")));
}

// Whoever corrects a file for the one program has corrected it for the other.
TEST(ConfigCheckTest, IngestAndServerSayTheSameOfTheSameMistakes) {
  config::IngestConfig ingest;
  ingest.mutable_index()->mutable_embedder()->set_max_tokens(7);
  ingest.mutable_index()->set_kept_generations(101);
  ingest.mutable_pipeline()->mutable_chunking()->set_target_tokens(31);
  config::ServerConfig server;
  *server.mutable_index() = ingest.index();
  *server.mutable_pipeline() = ingest.pipeline();
  EXPECT_EQ(FindViolations(server), FindViolations(ingest));
}

TEST(ConfigCheckTest, MistakesOfAServer) {
  auto config = Sound<config::ServerConfig>();
  config.set_listen_address("8443");
  config.set_health_address("unix:/x");
  config.set_shutdown_delay_ms(120'001);
  config.set_workers(1025);
  config.set_max_queue(1'000'001);
  config.set_max_queue_wait_ms(600'001);
  EXPECT_THAT(
      FindViolations(config),
      ElementsAre("listen_address is \"8443\", wanted host:port", "health_address is \"unix:/x\", wanted host:port",
                  HasSubstr("shutdown_delay_ms is 120001, wanted 0 to 120000"),
                  HasSubstr("workers is 1025, wanted 1 to 1024"), HasSubstr("max_queue is 1000001"),
                  HasSubstr("max_queue_wait_ms is 600001")));
}

TEST(ConfigCheckTest, MistakesOfAServerThatFollows) {
  auto config = Sound<config::ServerConfig>();
  config.mutable_follow();
  EXPECT_THAT(FindViolations(config), IsEmpty());
  config.mutable_follow()->set_poll_ms(9);
  config.mutable_follow()->set_max_lag_ms(999);
  config.mutable_follow()->set_writer(std::string(201, 'w'));
  EXPECT_THAT(FindViolations(config), ElementsAre(HasSubstr("follow.poll_ms is 9, wanted 10 to 60000"),
                                                  HasSubstr("follow.max_lag_ms is 999, wanted 1000 to 3600000"),
                                                  HasSubstr("follow.writer has 201 bytes")));
}

TEST(ConfigCheckTest, MistakesOfAnAuditLog) {
  auto config = Sound<config::ServerConfig>();
  config.mutable_audit()->set_folder("audit");
  EXPECT_THAT(FindViolations(config), IsEmpty());
  config.mutable_audit()->clear_folder();
  config.mutable_audit()->set_anchor_seconds(3601);
  config.mutable_audit()->set_max_file_megabytes(4097);
  EXPECT_THAT(FindViolations(config), ElementsAre(HasSubstr("audit.folder is missing"),
                                                  HasSubstr("audit.anchor_seconds is 3601, wanted 1 to 3600"),
                                                  HasSubstr("audit.max_file_megabytes is 4097, wanted 1 to 4096")));
}

TEST(ConfigCheckTest, MistakesOfACrossEncoder) {
  auto config = Sound<config::ServerConfig>();
  config::CrossEncoderConfig& cross_encoder = *config.mutable_retrieval()->mutable_cross_encoder();
  cross_encoder.set_candidates(101);
  cross_encoder.set_max_tokens(15);
  cross_encoder.set_threads(257);
  cross_encoder.set_precision(config::PRECISION_INT8);
  EXPECT_THAT(FindViolations(config),
              ElementsAre("retrieval.cross_encoder.model_path is missing, wanted the folder of model.onnx and "
                          "tokenizer.json",
                          "retrieval.cross_encoder.candidates is 101, wanted 1 to 100, or 0 for the default",
                          HasSubstr("retrieval.cross_encoder.max_tokens is 15, wanted 16 to 512"),
                          HasSubstr("retrieval.cross_encoder.threads is 257, wanted 1 to 256"),
                          HasSubstr("retrieval.cross_encoder.precision is PRECISION_INT8")));
  cross_encoder.Clear();
  cross_encoder.set_model_path("/model");
  EXPECT_THAT(FindViolations(config), IsEmpty());
  cross_encoder.set_candidates(100);
  cross_encoder.set_max_tokens(16);
  cross_encoder.set_threads(256);
  cross_encoder.set_precision(config::PRECISION_BF16);
  EXPECT_THAT(FindViolations(config), IsEmpty());
}

// A wait of 49 days is no wait that anybody wants.
TEST(ConfigCheckTest, WaitsAndTokensOfAServerHaveAnEnd) {
  auto config = Sound<config::ServerConfig>();
  config::ChatGeneratorConfig* chat = config.mutable_answer()->mutable_generator()->mutable_chat();
  config.set_shutdown_grace_ms(600'000);
  chat->set_timeout_ms(600'000);
  chat->set_first_token_timeout_ms(600'000);
  chat->set_max_prompt_tokens(1'000'000);
  chat->set_max_answer_tokens(100'000);
  EXPECT_THAT(FindViolations(config), IsEmpty());
  config.set_shutdown_grace_ms(4'294'967'295);
  chat->set_timeout_ms(600'001);
  chat->set_first_token_timeout_ms(600'002);
  chat->set_max_prompt_tokens(1'000'001);
  chat->set_max_answer_tokens(100'001);
  EXPECT_THAT(FindViolations(config),
              ElementsAre("shutdown_grace_ms is 4294967295, wanted 1 to 600000, or 0 for the default",
                          HasSubstr("answer.generator.chat.timeout_ms is 600001, wanted 1 to 600000"),
                          HasSubstr("answer.generator.chat.first_token_timeout_ms is 600002"),
                          HasSubstr("answer.generator.chat.max_prompt_tokens is 1000001, wanted 1 to 1000000"),
                          HasSubstr("answer.generator.chat.max_answer_tokens is 100001, wanted 1 to 100000")));
}

TEST(ConfigCheckTest, RecordedAnswersHaveAnEnd) {
  auto config = Sound<config::ServerConfig>();
  config::RecordConfig* records = config.mutable_answer()->mutable_records();
  records->set_max_days(36'500);
  records->set_max_answers(100'000'000);
  EXPECT_THAT(FindViolations(config), IsEmpty());
  records->set_max_days(36'501);
  records->set_max_answers(100'000'001);
  EXPECT_THAT(FindViolations(config),
              ElementsAre(HasSubstr("answer.records.max_days is 36501, wanted 1 to 36500"),
                          HasSubstr("answer.records.max_answers is 100000001, wanted 1 to 100000000")));
}

TEST(ConfigCheckTest, LabelsOfSourceSets) {
  auto config = Sound<config::ServerConfig>();
  const auto add = [&](const std::string& set, const std::vector<std::string>& labels) {
    config::SourceSetLabels& entry = *config.mutable_index()->add_source_set_labels();
    entry.set_source_set(set);
    for (const std::string& label : labels) entry.add_labels(label);
  };
  add("trials", {"research", "anticoagulation"});
  add("default", {"staff"});
  EXPECT_THAT(FindViolations(config), IsEmpty());
  add("trials", {"research"});
  add("", {"research"});
  add("other", {});
  add("another", {"Research"});
  EXPECT_THAT(
      FindViolations(config),
      ElementsAre(HasSubstr("index.source_set_labels[2] cannot be used"), HasSubstr("index.source_set_labels[3]"),
                  HasSubstr("index.source_set_labels[4]"), HasSubstr("index.source_set_labels[5]")));
}

TEST(ConfigCheckTest, AddressesOfAServer) {
  auto config = Sound<config::ServerConfig>();
  for (const char* sound : {"", "127.0.0.1:0", "[::1]:8443", "0.0.0.0:65535"}) {
    config.set_listen_address(sound);
    EXPECT_THAT(FindViolations(config), IsEmpty()) << sound;
  }
  for (const char* bad : {"localhost", ":8443", "localhost:", "localhost:65536", "localhost:-1", "localhost:http",
                          "unix:/tmp/x.sock", "unix:1", "dns:localhost:80", "::1:8443", "[]:80"}) {
    config.set_listen_address(bad);
    EXPECT_THAT(FindViolations(config), ElementsAre(HasSubstr("listen_address"))) << bad;
  }
}

TEST(ConfigCheckTest, MetricsAreServedOnAnIpAddress) {
  auto config = Sound<config::ServerConfig>();
  for (const char* sound : {"", "127.0.0.1:0", "[::1]:9464", "0.0.0.0:9464"}) {
    config.set_metrics_address(sound);
    EXPECT_THAT(FindViolations(config), IsEmpty()) << sound;
  }
  for (const char* bad : {"9464", ":9464", "127.0.0.1", "127.0.0.1:65536", "localhost:9464", "metrics.example:9464"}) {
    config.set_metrics_address(bad);
    EXPECT_THAT(FindViolations(config), ElementsAre(HasSubstr("metrics_address is"))) << bad;
  }
}

TEST(ConfigCheckTest, ViolationsAreOneStatus) {
  EXPECT_THAT(ToStatus({}), IsOk());
  EXPECT_THAT(ToStatus({"a is 1", "b is 2"}),
              StatusIs(absl::StatusCode::kInvalidArgument, "the configuration cannot be used: a is 1; b is 2"));
}

TEST(ConfigCheckTest, APassageMustFitIntoTheModel) {
  config::IndexConfig index;
  index.mutable_embedder()->set_max_tokens(128);
  EXPECT_THAT(FindViolations(index, config::PipelineConfig()),
              ElementsAre(HasSubstr("target_tokens is 256, wanted at most")));
}

TEST(ConfigCheckTest, ThePipelineDoesNotAskForPaths) {
  config::IndexConfig index;
  index.set_kept_generations(1000);
  EXPECT_THAT(FindViolations(index, config::PipelineConfig()), ElementsAre(HasSubstr("kept_generations is 1000")));
}

TEST(ConfigCheckTest, NamesOfCorpora) {
  EXPECT_THAT(CheckCorpus("default"), IsOk());
  EXPECT_THAT(CheckCorpus("bioasq-7"), IsOk());
  for (const std::string& name : {std::string(), std::string("A"), std::string("a_b"), std::string("a/b"),
                                  std::string(64, 'a'), std::string("a\0", 2)}) {
    EXPECT_THAT(CheckCorpus(name), StatusIs(absl::StatusCode::kInvalidArgument)) << name;
  }
}

TEST(ConfigCheckTest, SourceSetsHaveNames) {
  auto config = Sound<config::IngestConfig>();
  config.mutable_index()->add_trusted_source_sets("nice-2024");
  config.mutable_pipeline()->set_source_set(std::string(63, 'a'));
  EXPECT_THAT(FindViolations(config), IsEmpty());
  config.mutable_index()->add_trusted_source_sets("NICE");
  config.mutable_pipeline()->set_source_set(std::string(64, 'a'));
  EXPECT_THAT(FindViolations(config), ElementsAre(HasSubstr("index.trusted_source_sets[1] is not the name"),
                                                  HasSubstr("pipeline.source_set is not a name")));
  EXPECT_THAT(CheckSourceSet("nice-2024"), IsOk());
  EXPECT_THAT(CheckSourceSet(""), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ConfigCheckTest, TrustedSourceSetsAreAThousandAtMost) {
  auto config = Sound<config::ServerConfig>();
  for (int i = 0; i < 1001; ++i) config.mutable_index()->add_trusted_source_sets("a");
  EXPECT_THAT(FindViolations(config), ElementsAre("index.trusted_source_sets has 1001 entries, wanted at most 1000"));
}

}  // namespace
}  // namespace bedside
