// Workers of a job in one process, over a real node: what they publish is what one import publishes.
#include "ingest/shard_worker.h"

#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/cluster/cluster_engine.h"
#include "index/engine/local_engine.h"
#include "tests/cluster/shared_cluster.h"
#include "tests/ingest/pipeline/pipeline_fixture.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr uint32_t kShards = 5;

// By id: SHA-256 of the version, and whether it is in force.
using Served = std::map<std::string, std::pair<std::string, bool>>;

class ShardWorkerTest : public PipelineFixture {
 protected:
  void SetUp() override {
    PipelineFixture::SetUp();
    static int tests = 0;
    config_.set_corpus("default");
    config::ClusterConfig& cluster = *config_.mutable_index()->mutable_cluster();
    cluster.add_urls(SharedCluster().urls()[0]);
    cluster.set_prefix(absl::StrCat("test", ++tests));
    cluster.set_vector_engine(config::CLUSTER_VECTOR_ENGINE_LUCENE);
    cluster.set_replicas(0);
  }

  // Of stores of its own.
  absl::StatusOr<ShardWorker::Outcome> Work(const std::string& worker, const std::string& job = "job",
                                            absl::Duration lease = absl::Seconds(5)) {
    const auto known = EvidenceStore::Open((folder_ / worker).string(), Database::Access::kReadWrite);
    EXPECT_THAT(known, IsOk());
    const auto workshop = EvidenceStore::Open((folder_ / worker / "shards").string(), Database::Access::kReadWrite);
    EXPECT_THAT(workshop, IsOk());
    const auto made = ShardWorker::Create({known->get(), workshop->get(), embedder_.get(), tokenizer_}, config_,
                                          {job, kShards, {In()}, lease}, &observer_);
    if (!made.ok()) return made.status();
    return (*made)->Run();
  }

  Served ServedBy(const EvidenceEngine& engine) {
    Served served;
    const auto view = engine.View("default");
    EXPECT_THAT(view, IsOk());
    if (!view.ok()) return served;
    const LiveDocuments& documents = (*view)->generation().documents();
    for (size_t i = 0; i < documents.size(); ++i) {
      const bool is_retracted = (*view)->standing(i).status == v1::DOCUMENT_STATUS_RETRACTED;
      served[documents.entry(i).id()] = {documents.entry(i).version(), !is_retracted};
    }
    return served;
  }

  Served InCluster() {
    config::IndexConfig index = config_.index();
    index.set_store_path((folder_ / "server").string());
    const auto engine = ClusterEngine::Create(index, embedder_->id());
    EXPECT_THAT(engine, IsOk());
    return ServedBy(**engine);
  }

  // What one import of the sources publishes.
  Served ByOne() {
    EXPECT_THAT(pipeline_->Import("default", {{In()}, kFull}, {}), IsOk());
    const auto engine = LocalEngine::Create(store_.get(), index_, embedder_->id());
    EXPECT_THAT(engine, IsOk());
    return ServedBy(**engine);
  }

  config::IngestConfig config_;
  std::atomic<bool> is_cancelled_{false};
  const IngestObserver observer_ = {[](const auto&) {}, [this] { return is_cancelled_.load(); }};
};

TEST_F(ShardWorkerTest, WhatTwoPublishIsWhatOneWould) {
  for (int file = 0; file < 12; ++file) {
    WriteFile(absl::StrCat(file, ".jsonl"), Line(absl::StrCat("own-", file), "Aspirin reduces fever.") +
                                                Line(absl::StrCat("shared-", file % 5), absl::StrCat("File ", file)) +
                                                Line("everywhere", "Heparin is given by injection."));
  }
  WriteFile("a-retracted.csv", "scheme,value,status\nid,own-3,retracted\nid,everywhere,corrected\n");
  WriteFile("b-retracted.csv", "scheme,value,status\nid,everywhere,retracted\n");
  absl::StatusOr<ShardWorker::Outcome> other = absl::UnknownError("not run");
  std::thread beside([&] { other = Work("other"); });
  const auto one = Work("one");
  beside.join();
  ASSERT_THAT(one, IsOk());
  ASSERT_THAT(other, IsOk());
  EXPECT_EQ(one->shards_built + other->shards_built, kShards);
  EXPECT_EQ(one->report.generation(), other->report.generation());
  EXPECT_EQ(one->report.counts().documents_published(), 12 + 5 + 1);
  EXPECT_EQ(one->report.counts().files() + other->report.counts().files(), 14);
  const Served served = InCluster();
  EXPECT_EQ(served, ByOne());
  EXPECT_FALSE(served.at("own-3").second);
  EXPECT_FALSE(served.at("everywhere").second);
}

// Whichever shard has the copy that says so.
TEST_F(ShardWorkerTest, ACopyThatSaysRetractedIsNotHiddenByALaterOneThatDoesNot) {
  const auto edition = [](const std::string& date, const std::string& status) {
    return absl::StrCat("---\nid: g\ntitle: Fever\npublication_date: ", date, "\nstatus: ", status,
                        "\n---\n\n# Fever\n\nAspirin of ", date, ".\n");
  };
  for (int file = 0; file < 6; ++file) {
    WriteFile(absl::StrCat(file, ".md"),
              edition(absl::StrCat(2010 + file, "-01-01"), file == 2 ? "retracted" : "current"));
  }
  ASSERT_THAT(Work("one"), IsOk());
  const Served served = InCluster();
  ASSERT_EQ(served.size(), 1u);
  EXPECT_FALSE(served.at("g").second);
}

TEST_F(ShardWorkerTest, AJobThatIsOverIsOver) {
  WriteFile("a.jsonl", Line("a", "Aspirin."));
  const auto first = Work("one");
  ASSERT_THAT(first, IsOk());
  EXPECT_FALSE(first->was_over);
  const auto again = Work("one");
  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(again->was_over);
  EXPECT_EQ(again->shards_built, 0u);
  EXPECT_EQ(again->report.generation(), first->report.generation());
  WriteFile("b.jsonl", Line("b", "Heparin."));
  const auto next = Work("one", "next");
  ASSERT_THAT(next, IsOk());
  EXPECT_EQ(next->report.counts().documents_published(), 2);
  EXPECT_EQ(next->report.counts().passages_embedded(), 1) << "of the new one";
}

TEST_F(ShardWorkerTest, EachTakesWhatItHasBuiltBefore) {
  for (int file = 0; file < 12; ++file) {
    WriteFile(absl::StrCat(file, ".jsonl"), Line(absl::StrCat("d", file), absl::StrCat("Aspirin ", file)));
  }
  // Who has built nothing before waits for nobody.
  ASSERT_THAT(Work("one", "job", absl::Minutes(5)), IsOk());
  std::filesystem::copy(folder_ / "one", folder_ / "two", std::filesystem::copy_options::recursive);
  const std::string remembered = absl::StrCat("shards/", BuiltShards::kFileName);
  EXPECT_EQ(BuiltShards(folder_ / "one/shards", "default", kShards).before().size(), kShards);
  std::ofstream(folder_ / "one" / remembered) << "default 5 1\ndefault 5 2\ndefault 5 4\n";
  std::ofstream(folder_ / "two" / remembered) << "default 5 0\ndefault 5 3\n";

  absl::StatusOr<ShardWorker::Outcome> two = absl::UnknownError("not run");
  std::thread beside([&] { two = Work("two", "next", absl::Minutes(5)); });
  const auto one = Work("one", "next", absl::Minutes(5));
  beside.join();
  ASSERT_THAT(one, IsOk());
  ASSERT_THAT(two, IsOk());
  EXPECT_EQ(one->shards_built, 3u);
  EXPECT_EQ(two->shards_built, 2u);
  EXPECT_THAT(BuiltShards(folder_ / "one/shards", "default", kShards).before(), ElementsAre(1, 2, 4));
  EXPECT_THAT(BuiltShards(folder_ / "two/shards", "default", kShards).before(), ElementsAre(0, 3));
}

TEST_F(ShardWorkerTest, AWorkerThatSeesOtherFilesIsTurnedAway) {
  WriteFile("a.jsonl", Line("a", "Aspirin."));
  ASSERT_THAT(Work("one"), IsOk());
  WriteFile("b.jsonl", Line("b", "Heparin."));
  EXPECT_THAT(Work("two"), StatusIs(absl::StatusCode::kFailedPrecondition,
                                    AllOf(HasSubstr("begun with sources 1 files"), HasSubstr("has 2 files"))));
}

// As sources that are a feed of retractions only.
TEST_F(ShardWorkerTest, NoticesReachTheClusterAlsoWhereNoShardHasADocument) {
  WriteFile("retracted.csv", "scheme,value,status\nid,a,retracted\n");
  EXPECT_THAT(Work("one"), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("would be empty")));
  const auto client = *ClusterClient::Create(config_.index().cluster());
  const auto changes = ClusterCatalog(client.get(), config_.index().cluster()).ChangesAfter(0);
  ASSERT_THAT(changes, IsOk());
  EXPECT_EQ(changes->size(), 1u);
}

TEST_F(ShardWorkerTest, AWorkerThatIsStoppedLeavesTheRestToOthers) {
  for (int file = 0; file < 6; ++file)
    WriteFile(absl::StrCat(file, ".jsonl"), Line(absl::StrCat("d", file), "Aspirin."));
  is_cancelled_ = true;
  EXPECT_THAT(Work("stopped"), StatusIs(absl::StatusCode::kCancelled));
  is_cancelled_ = false;
  const auto heir = Work("heir");
  ASSERT_THAT(heir, IsOk());
  EXPECT_EQ(heir->report.counts().documents_published(), 6);
}

TEST_F(ShardWorkerTest, AStoreThatHasTheCorpusIsNoWorkers) {
  WriteFile("a.jsonl", Line("a", "Aspirin."));
  ASSERT_THAT(pipeline_->Import("default", {{In()}}, {}), IsOk());
  pipeline_.reset();
  store_.reset();
  EXPECT_THAT(Work("store"), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("has a generation of corpus")));
}

TEST_F(ShardWorkerTest, SourcesWithoutADocumentPublishNothing) {
  WriteFile("a.txt", "of no format");
  EXPECT_THAT(Work("one"), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("would be empty")));
}

}  // namespace
}  // namespace bedside
