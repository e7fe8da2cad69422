// bedside_ingest --shards as several processes beside a real node, with the real model: one is killed with a shard in
// its hands, others take over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "index/cluster/cluster_engine.h"
#include "index/embedding/openvino_embedder.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "re2/re2.h"
#include "tests/cluster/open_search_cluster.h"
#include "tests/e2e/running_job.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

constexpr int kFiles = 16;
constexpr int kDocumentsInAFile = 6;
constexpr int kShards = 4;
constexpr char kModel[] = "external/bge_small_en";

class ShardWorkersTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto cluster = OpenSearchCluster::Start(1);
    ASSERT_THAT(cluster, IsOk());
    cluster_ = *std::move(cluster);
    for (int file = 0; file < kFiles; ++file) {
      std::string lines = Line("twice", absl::StrCat("Told by file ", file, "."));
      for (int i = 0; i < kDocumentsInAFile; ++i) {
        absl::StrAppend(&lines,
                        Line(absl::StrCat("d", file, "-", i),
                             absl::StrCat("Record ", i, " of file ", file, " says when metformin is stopped.")));
      }
      WriteFile(Path("sources"), absl::StrCat("file-", file, ".jsonl"), lines);
    }
    WriteFile(Path("sources"), "retracted.csv", "scheme,value,status\nid,d3-3,retracted\n");
  }

  static std::string Line(const std::string& id, const std::string& text) {
    return absl::StrCat("{\"_id\": \"", id, "\", \"title\": \"\", \"text\": \"", text, "\"}\n");
  }

  std::string Path(const std::string& name) const { return absl::StrCat(folder_, "/", name); }

  config::IndexConfig IndexOf(const std::string& worker) const {
    config::IndexConfig index;
    index.set_store_path(Path(worker));
    index.mutable_embedder()->set_model_path(kModel);
    config::ClusterConfig& cluster = *index.mutable_cluster();
    cluster.add_urls(cluster_->urls()[0]);
    cluster.set_vector_engine(config::CLUSTER_VECTOR_ENGINE_LUCENE);
    cluster.set_replicas(0);
    return index;
  }

  // `passages_per_second`: 0: as fast as it goes.
  std::unique_ptr<RunningJob> Start(const std::string& name, uint32_t passages_per_second = 0,
                                    int shards = kShards) const {
    config::IngestConfig config;
    *config.mutable_index() = IndexOf(name);
    config.mutable_pipeline()->mutable_throttle()->set_passages_per_second(passages_per_second);
    std::string text;
    google::protobuf::TextFormat::PrintToString(config, &text);
    WriteFile(folder_, name + ".textproto", text);
    return std::make_unique<RunningJob>(std::vector<std::string>{absl::StrCat("--config=", Path(name + ".textproto")),
                                                                 absl::StrCat("--shards=", shards), "--job=weekly",
                                                                 "--lease=2", Path("sources")});
  }

  const std::string folder_ = TempFolder();
  std::unique_ptr<OpenSearchCluster> cluster_;
};

int ShardsBuilt(const RunningJob& worker) {
  int shards = -1;
  RE2::PartialMatch(worker.output(), "this worker built (\\d+) of", &shards);
  return shards;
}

TEST_F(ShardWorkersTest, OthersTakeOverFromAWorkerThatIsKilledAndEachDocumentIsServedOnce) {
  const auto killed = Start("killed", /*passages_per_second=*/5);
  ASSERT_TRUE(killed->ReadUntil("takes shard 1 of 4")) << killed->output();
  killed->Kill();
  EXPECT_EQ(killed->Wait(), 128 + SIGKILL);

  const auto first = Start("first");
  const auto second = Start("second");
  EXPECT_EQ(first->Wait(), 0) << first->output();
  EXPECT_EQ(second->Wait(), 0) << second->output();
  EXPECT_EQ(ShardsBuilt(*first) + ShardsBuilt(*second), kShards - 1) << first->output() << second->output();

  const auto embedder = OpenVinoEmbedder::Create(IndexOf("server").embedder());
  ASSERT_THAT(embedder, IsOk());
  const auto engine = ClusterEngine::Create(IndexOf("server"), (*embedder)->id());
  ASSERT_THAT(engine, IsOk());
  const auto view = (*engine)->View("default");
  ASSERT_THAT(view, IsOk());
  const LiveDocuments& documents = (*view)->generation().documents();
  EXPECT_EQ(documents.size(), kFiles * kDocumentsInAFile + 1);
  EXPECT_TRUE(documents.Find("twice").has_value());
  for (int file = 0; file < kFiles; ++file) {
    for (int i = 0; i < kDocumentsInAFile; ++i)
      EXPECT_TRUE(documents.Find(absl::StrCat("d", file, "-", i)).has_value());
  }
  EXPECT_EQ((*view)->documents_in_force(), kFiles * kDocumentsInAFile) << "one is retracted";

  const auto again = Start("again");
  EXPECT_EQ(again->Wait(), 0) << again->output();
  EXPECT_THAT(again->output(), HasSubstr("weekly: was published before, nothing is left to do"));
  const auto other = Start("other", 0, kShards + 1);
  EXPECT_EQ(other->Wait(), 1);
  EXPECT_THAT(other->output(), HasSubstr("was begun with shards 4, this worker has 5"));
  RunningJob increment({absl::StrCat("--config=", Path("again.textproto")), Path("sources")});
  EXPECT_EQ(increment.Wait(), 1);
  EXPECT_THAT(increment.output(), HasSubstr("would take the place of all of it"));

  WriteFile(folder_, "late.csv", "scheme,value,status\nid,d4-4,retracted\n");
  RunningJob feed({absl::StrCat("--config=", Path("again.textproto")), "--mode=full", Path("late.csv")});
  feed.Wait();
  ASSERT_THAT((*engine)->Follow(), IsOk());
  EXPECT_EQ((*(*engine)->View("default"))->documents_in_force(), kFiles * kDocumentsInAFile - 1)
      << "out of a store that has no generation: " << feed.output();
}

}  // namespace
}  // namespace bedside
