#include "ingest/pipeline/config_check.h"

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

config::IngestConfig Sound() {
  config::IngestConfig config;
  config.mutable_index()->set_store_path("/store");
  config.mutable_index()->mutable_embedder()->set_model_path("/model");
  return config;
}

TEST(ConfigCheckTest, DefaultsAreSound) {
  EXPECT_THAT(CheckIngestConfig(Sound()), IsOk());
  EXPECT_THAT(CheckPipelineConfig({}, {}), IsOk());
}

TEST(ConfigCheckTest, TheEndsOfRangesAreSound) {
  config::IngestConfig config = Sound();
  config.mutable_index()->mutable_vector()->set_hnsw_links(4);
  config.mutable_index()->mutable_vector()->set_hnsw_build_beam(2000);
  config.mutable_index()->set_kept_generations(100);
  config.mutable_pipeline()->mutable_chunking()->set_target_tokens(512);
  config.set_corpus(std::string(63, 'a'));
  EXPECT_THAT(CheckIngestConfig(config), IsOk());
}

TEST(ConfigCheckTest, EveryMistakeIsNamedAtOnce) {
  config::IngestConfig config;
  config.mutable_index()->mutable_embedder()->set_max_tokens(7);
  config.mutable_index()->mutable_embedder()->set_threads(257);
  config.mutable_index()->mutable_vector()->set_hnsw_links(3);
  config.mutable_index()->mutable_vector()->set_hnsw_build_beam(15);
  config.mutable_index()->mutable_vector()->set_hnsw_search_beam(2001);
  config.mutable_index()->set_kept_generations(101);
  config.mutable_pipeline()->mutable_chunking()->set_target_tokens(31);
  config.mutable_pipeline()->mutable_limits()->set_max_document_bytes(uint64_t{1} << 40);
  config.set_corpus("Not a corpus");
  EXPECT_THAT(
      CheckIngestConfig(config),
      StatusIs(absl::StatusCode::kInvalidArgument,
               AllOf(HasSubstr("store_path is missing"), HasSubstr("model_path is missing"),
                     HasSubstr("max_tokens is 7, wanted 8 to 512"), HasSubstr("threads is 257"),
                     HasSubstr("hnsw_links is 3, wanted 4 to 128"), HasSubstr("hnsw_build_beam is 15"),
                     HasSubstr("hnsw_search_beam is 2001"), HasSubstr("kept_generations is 101"),
                     HasSubstr("target_tokens is 31"), HasSubstr("max_document_bytes"), HasSubstr("[a-z0-9-]"))));
}

TEST(ConfigCheckTest, APassageMustFitIntoTheModel) {
  config::IndexConfig index;
  index.mutable_embedder()->set_max_tokens(128);
  EXPECT_THAT(CheckPipelineConfig(index, {}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("target_tokens is 256, wanted at most")));
}

TEST(ConfigCheckTest, ThePipelineDoesNotAskForPaths) {
  config::IndexConfig index;
  index.set_kept_generations(1000);
  EXPECT_THAT(CheckPipelineConfig(index, {}), StatusIs(absl::StatusCode::kInvalidArgument, Not(HasSubstr("path"))));
}

TEST(ConfigCheckTest, NamesOfCorpora) {
  EXPECT_THAT(CheckCorpus("default"), IsOk());
  EXPECT_THAT(CheckCorpus("bioasq-7"), IsOk());
  for (const std::string& name : {std::string(), std::string("A"), std::string("a_b"), std::string("a/b"),
                                  std::string(64, 'a'), std::string("a\0", 2)}) {
    EXPECT_THAT(CheckCorpus(name), StatusIs(absl::StatusCode::kInvalidArgument)) << name;
  }
}

}  // namespace
}  // namespace bedside
