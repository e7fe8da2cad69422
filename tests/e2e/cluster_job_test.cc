// bedside_ingest publishing to a real node, with the real model: what it does to what others did there meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "index/cluster/cluster_engine.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "tests/cluster/open_search_cluster.h"
#include "tests/e2e/running_job.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kModel[] = "external/bge_small_en";

class ClusterJobTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto cluster = OpenSearchCluster::Start(1);
    ASSERT_THAT(cluster, IsOk());
    cluster_ = *std::move(cluster);
  }

  std::string Path(const std::string& name) const { return absl::StrCat(folder_, "/", name); }

  void WriteDocument(const std::string& id) const {
    WriteFile(Path("sources"), id + ".jsonl",
              absl::StrCat(R"({"_id": ")", id, R"(", "title": "", "text": "Record )", id,
                           R"( says when metformin is stopped."})", "\n"));
  }

  config::IndexConfig IndexOf(const std::string& store) const {
    config::IndexConfig index;
    index.set_store_path(Path(store));
    index.mutable_embedder()->set_model_path(kModel);
    index.mutable_cluster()->add_urls(cluster_->urls()[0]);
    index.mutable_cluster()->set_replicas(0);
    return index;
  }

  struct Ended {
    int status;
    std::string output;
  };

  // Out of a store of this name.
  Ended Run(const std::string& store, const std::vector<std::string>& flags = {}) const {
    config::IngestConfig config;
    *config.mutable_index() = IndexOf(store);
    std::string text;
    google::protobuf::TextFormat::PrintToString(config, &text);
    WriteFile(folder_, store + ".textproto", text);
    std::vector<std::string> arguments = {absl::StrCat("--config=", Path(store + ".textproto"))};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    arguments.push_back(Path("sources"));
    RunningJob job(arguments);
    const int status = job.Wait();
    return {status, job.output()};
  }

  static void ExpectPublished(const Ended& job) { EXPECT_EQ(job.status, 0) << job.output; }

  std::unique_ptr<ClusterEngine> Serve() const {
    auto engine = ClusterEngine::Create(IndexOf("server"), /*embedder_id=*/"");
    EXPECT_THAT(engine, IsOk());
    return *std::move(engine);
  }

  static std::vector<std::string> Documents(const ClusterEngine& engine) {
    std::vector<std::string> ids;
    const auto view = engine.View("default");
    EXPECT_THAT(view, IsOk());
    for (const storage::DocumentEntry* entry : (*view)->generation().documents().entries()) ids.push_back(entry->id());
    return ids;
  }

  const std::string folder_ = TempFolder();
  std::unique_ptr<OpenSearchCluster> cluster_;
};

TEST_F(ClusterJobTest, AddsToWhatSomebodyWentBackTo) {
  WriteDocument("a");
  ExpectPublished(Run("job"));
  WriteDocument("bad");
  ExpectPublished(Run("job"));
  const auto engine = Serve();
  EXPECT_THAT(Documents(*engine), ElementsAre("a", "bad"));
  ASSERT_THAT(engine->Activate("default", (*engine->Generations("default")).back().generation()), IsOk());
  EXPECT_THAT(Documents(*engine), ElementsAre("a"));

  std::filesystem::remove(Path("sources/bad.jsonl"));
  ExpectPublished(Run("job"));
  ASSERT_THAT(engine->Follow(), IsOk());
  EXPECT_THAT(Documents(*engine), ElementsAre("a")) << "a run that finds nothing new does not overrule it";
  WriteDocument("c");
  ExpectPublished(Run("job"));
  ASSERT_THAT(engine->Follow(), IsOk());
  EXPECT_THAT(Documents(*engine), ElementsAre("a", "c"));
}

TEST_F(ClusterJobTest, ReplacesNothingThatItDoesNotKnow) {
  WriteDocument("a");
  ExpectPublished(Run("job"));
  const Ended increment = Run("other");
  EXPECT_EQ(increment.status, 1);
  EXPECT_THAT(increment.output, AllOf(HasSubstr("did not publish"), HasSubstr("--shards")));
  const Ended of_another_set = Run("other", {"--mode=full", "--source-set=theirs"});
  EXPECT_EQ(of_another_set.status, 1);
  EXPECT_THAT(of_another_set.output, HasSubstr("documents of source set default would be gone"));
  const auto engine = Serve();
  EXPECT_THAT(Documents(*engine), ElementsAre("a"));
  WriteDocument("b");
  ExpectPublished(Run("other", {"--mode=full"}));
  ASSERT_THAT(engine->Follow(), IsOk());
  EXPECT_THAT(Documents(*engine), ElementsAre("a", "b"));
}

}  // namespace
}  // namespace bedside
