// Shards that are in a real node, composed to one generation that a ClusterEngine serves.
#include "index/cluster/sharded_publication.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/cluster/cluster_engine.h"
#include "index/cluster/cluster_publisher.h"
#include "index/cluster/segment_uploader.h"
#include "tests/cluster/shared_cluster.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::SizeIs;

class ShardedPublicationTest : public GenerationFixture {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    static int tests = 0;
    config::ClusterConfig& cluster = *index_.mutable_cluster();
    cluster.add_urls(SharedCluster().urls()[0]);
    cluster.set_prefix(absl::StrCat("test", ++tests));
    cluster.set_vector_engine(config::CLUSTER_VECTOR_ENGINE_LUCENE);
    cluster.set_replicas(0);
    index_.set_store_path(TempFolder());
    auto client = ClusterClient::Create(cluster);
    ASSERT_THAT(client, IsOk());
    client_ = *std::move(client);
    reader_ = std::make_unique<SegmentReader>(client_.get());
  }

  static storage::Document Edition(const std::string& id, const std::string& text, const std::string& version,
                                   const std::string& set = "") {
    storage::Document document = TextDocument(id, text);
    document.set_source_version(version);
    document.set_source_set(set);
    return document;
  }

  // As a worker does it.
  storage::Manifest Shard(const std::vector<storage::Document>& documents) {
    const storage::Manifest built = Build(documents);
    storage::Manifest uploaded = built;
    SegmentUploader uploader(store_.get(), client_.get(), index_);
    for (storage::SegmentManifest& segment : *uploaded.mutable_segments()) {
      auto there = uploader.Upload(built, segment);
      EXPECT_THAT(there, IsOk());
      segment = *std::move(there);
    }
    return uploaded;
  }

  absl::StatusOr<storage::Manifest> Compose(const std::vector<storage::Manifest>& shards,
                                            const absl::optional<storage::Manifest>& active = {},
                                            const std::string& set = "default", const std::string& settings = "s") {
    return ShardedPublication(
               reader_.get(), {"c", set, Embedder(), settings},
               [](const auto& later, const auto& earlier) { return later.source_version() > earlier.source_version(); })
        .Compose(shards, active);
  }

  // The documents that are served, with their versions.
  std::map<std::string, std::string> Serve(const storage::Manifest& manifest) {
    const auto publisher = ClusterPublisher::Create(store_.get(), index_);
    EXPECT_THAT(publisher, IsOk());
    EXPECT_THAT((*publisher)->PublishUploaded(manifest, *(*publisher)->Serving("c")), IsOk());
    const auto engine = ClusterEngine::Create(index_, embedder_.id());
    EXPECT_THAT(engine, IsOk());
    const auto view = (*engine)->View("c");
    EXPECT_THAT(view, IsOk());
    std::map<std::string, std::string> served;
    if (!view.ok()) return served;
    const LiveDocuments& documents = (*view)->generation().documents();
    for (const storage::DocumentEntry* entry : documents.entries()) {
      const auto place = PlacesOfDocuments((*view)->generation(), {documents.Find(entry->id()).value()});
      const auto head = reader_->ReadField(place, "head");
      EXPECT_THAT(head, IsOk());
      storage::Document document;
      EXPECT_TRUE(document.ParseFromString((*head)[0]));
      served[entry->id()] = document.source_version();
    }
    return served;
  }

  config::IndexConfig index_;
  std::unique_ptr<ClusterClient> client_;
  std::unique_ptr<SegmentReader> reader_;
};

TEST_F(ShardedPublicationTest, EachDocumentOnceWhicheverShardHasTheOneThatPrevails) {
  const auto composed = Compose({Shard({Edition("a", "aspirin", "1"), Edition("b", "heparin", "2")}),
                                 Shard({Edition("a", "aspirin, again", "2"), Edition("c", "warfarin", "1")}),
                                 Shard({Edition("a", "aspirin, once", "1"), Edition("b", "heparin, once", "1")})});
  ASSERT_THAT(composed, IsOk());
  EXPECT_EQ(CountsOf(*composed).documents, 3);
  EXPECT_EQ(composed->segments_size(), 2) << "of the third nothing is left";
  EXPECT_THAT(Serve(*composed), ElementsAre(Pair("a", "2"), Pair("b", "2"), Pair("c", "1")));
}

TEST_F(ShardedPublicationTest, ShardsWithoutDocumentsAreNone) {
  const auto composed = Compose({storage::Manifest(), Shard({Edition("a", "aspirin", "1")}), storage::Manifest()});
  ASSERT_THAT(composed, IsOk());
  EXPECT_EQ(composed->segments_size(), 1);
  EXPECT_EQ(composed->settings_sha256(), "s");
  EXPECT_THAT(Compose({storage::Manifest()}),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("corpus c would be empty")));
}

// Two shards that have the same are one index in the cluster.
TEST_F(ShardedPublicationTest, ShardsOfTheSameAreOne) {
  const storage::Manifest shard = Shard({Edition("a", "aspirin", "1")});
  const auto composed = Compose({shard, shard});
  ASSERT_THAT(composed, IsOk());
  EXPECT_EQ(composed->segments_size(), 1);
  EXPECT_THAT(Serve(*composed), ElementsAre(Pair("a", "1")));
}

TEST_F(ShardedPublicationTest, DocumentsOfOtherSourceSetsStay) {
  auto first = Compose({Shard({Edition("a", "aspirin", "1"), Edition("x", "of the site", "1", "site")})});
  ASSERT_THAT(first, IsOk());
  const auto composed = Compose({Shard({Edition("b", "heparin", "1"), Edition("x", "of all", "9")})}, *first);
  ASSERT_THAT(composed, IsOk());
  EXPECT_THAT(Serve(*composed), ElementsAre(Pair("b", "1"), Pair("x", "1")));
}

TEST_F(ShardedPublicationTest, WhatOthersHavePublishedSinceItWasComposedIsNotUndone) {
  const auto composed = Compose({Shard({Edition("a", "aspirin", "1")})});
  ASSERT_THAT(composed, IsOk());
  const auto other = Compose({Shard({Edition("x", "of the site", "1", "site")})}, absl::nullopt, "site");
  ASSERT_THAT(other, IsOk());
  const auto publisher = ClusterPublisher::Create(store_.get(), index_);
  ASSERT_THAT(publisher, IsOk());
  const auto first = (*publisher)->PublishUploaded(*other, absl::nullopt);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT((*publisher)->PublishUploaded(*composed, absl::nullopt), StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(*(*publisher)->Serving("c"), *first);
  EXPECT_THAT(*ClusterCatalog(client_.get(), index_.cluster()).Generations("c"), SizeIs(1)) << "the other one is gone";
}

TEST_F(ShardedPublicationTest, WhatCannotStandBesideTheShardsIsSaid) {
  const auto first = Compose({Shard({Edition("x", "of the site", "1", "site")})});
  ASSERT_THAT(first, IsOk());
  const storage::Manifest shard = Shard({Edition("b", "heparin", "1")});
  EXPECT_THAT(Compose({shard}, *first, "default", "other"),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("source set site"), HasSubstr("another model or other settings"))));
  // Where nothing of it stays, it does not matter what it was made with.
  EXPECT_THAT(Compose({shard}, *first, "site", "other"), IsOk());
}

TEST_F(ShardedPublicationTest, AShardThatIsGoneIsSaid) {
  const storage::Manifest shard = Shard({Edition("a", "aspirin", "1")});
  ASSERT_THAT(client_->Delete("/" + shard.segments(0).cluster_index()), IsOk());
  EXPECT_THAT(Compose({shard}), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace bedside
