#include "tools/eval/served_dataset.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::HasSubstr;

// Stands in for the two programs with shell scripts.
class ServedDatasetTest : public testing::Test {
 protected:
  ServedDatasetTest() {
    options_.folder = TempFolder();
    options_.config.mutable_index()->mutable_embedder()->set_model_path("/model");
    options_.corpus_path = "/data/corpus.jsonl";
    options_.ingest_program = Script("ingest", "echo \"$@\" >" + options_.folder + "/ingest_arguments");
    options_.server_program = Script("server",
                                     "echo starting; echo 'bedside_server: serving on 127.0.0.1:77'\n"
                                     "trap \"touch " +
                                         options_.folder +
                                         "/ended; exit 0\" TERM\n"
                                         "while :; do read x || :; done");
  }

  std::string Script(const std::string& name, const std::string& text) {
    const std::string path = WriteFile(options_.folder, name, absl::StrCat("#!/bin/sh\n", text, "\n"));
    chmod(path.c_str(), 0755);
    return path;
  }

  std::string Written(const std::string& name) {
    std::ifstream file(absl::StrCat(options_.folder, "/", name));
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }

  ServedDatasetOptions options_;
};

TEST_F(ServedDatasetTest, IngestsThenServesAndEndsTheServer) {
  options_.config.mutable_index()->mutable_embedder()->set_query_prefix("find: ");
  options_.config.mutable_pipeline()->mutable_chunking()->set_target_tokens(64);
  {
    const auto served = ServedDataset::Create(options_);
    ASSERT_THAT(served, IsOk());
    EXPECT_EQ((*served)->address(), "127.0.0.1:77");
    EXPECT_FALSE(std::filesystem::exists(options_.folder + "/ended"));
  }
  EXPECT_TRUE(std::filesystem::exists(options_.folder + "/ended"));
  EXPECT_THAT(Written("ingest_arguments"), HasSubstr("/ingest.textproto"));
  EXPECT_THAT(Written("ingest_arguments"), HasSubstr("/data/corpus.jsonl"));
  EXPECT_THAT(Written("ingest_arguments"), HasSubstr("--mode=full"));
  EXPECT_THAT(Written("ingest.textproto"), HasSubstr("target_tokens: 64"));
  for (const char* name : {"ingest.textproto", "server.textproto"}) {
    EXPECT_THAT(Written(name), HasSubstr(absl::StrCat("store_path: \"", options_.folder, "/store\"")));
    EXPECT_THAT(Written(name), HasSubstr("query_prefix: \"find: \""));
  }
}

TEST_F(ServedDatasetTest, WithoutACorpusTheStoreOfTheConfigurationIsServedAsItIs) {
  options_.corpus_path = "";
  options_.config.mutable_index()->set_store_path("/site/store");
  const auto served = ServedDataset::Create(options_);
  ASSERT_THAT(served, IsOk());
  EXPECT_EQ((*served)->ingest_time(), absl::ZeroDuration());
  EXPECT_EQ(Written("ingest_arguments"), "");
  EXPECT_THAT(Written("server.textproto"), HasSubstr("store_path: \"/site/store\""));
}

TEST_F(ServedDatasetTest, AConfigurationThatCannotBeUsedStartsNothing) {
  options_.config.mutable_index()->set_kept_generations(101);
  EXPECT_THAT(ServedDataset::Create(options_),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("kept_generations is 101")));
  EXPECT_EQ(Written("ingest_arguments"), "");
}

TEST_F(ServedDatasetTest, AnIngestThatFailsIsAnError) {
  options_.ingest_program = Script("ingest", "exit 2");
  EXPECT_THAT(ServedDataset::Create(options_),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("bedside_ingest ended with exit status 2")));
}

TEST_F(ServedDatasetTest, AServerThatEndsBeforeItServesIsAnError) {
  options_.server_program = Script("server", "echo 'bedside_server: store is locked'; exit 1");
  EXPECT_THAT(ServedDataset::Create(options_),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("It said: bedside_server: store is locked")));
}

TEST_F(ServedDatasetTest, AMissingProgramIsNotFound) {
  options_.server_program = options_.folder + "/absent";
  EXPECT_THAT(ServedDataset::Create(options_), StatusIs(absl::StatusCode::kNotFound, HasSubstr("absent")));
}

TEST_F(ServedDatasetTest, AFolderThatCannotBeWrittenIsAnError) {
  options_.folder = "/nowhere";
  EXPECT_THAT(ServedDataset::Create(options_), StatusIs(absl::StatusCode::kInternal, HasSubstr("cannot be written")));
}

}  // namespace
}  // namespace bedside
