// What publishers and servers of one cluster do to each other, and what it does to them that somebody else did to it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <thread>

#include "tests/fakes/free_port.h"
#include "tests/index/cluster/cluster_fixture.h"

namespace bedside {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

class ClusterSharingTest : public ClusterFixture {
 protected:
  ClusterSharingTest() : ClusterFixture(1) {}

  // So that its SHA-256 is wrong.
  void DamageTable(const std::string& index) {
    EXPECT_EQ(Ask(0, "PUT", absl::StrCat("/", index, "/_doc/p0"), {{"piece", "AAAA"}}).status, 200);
  }

  absl::optional<std::string> StoredAsActive() { return *store_->manifests().Current("c"); }
};

TEST_F(ClusterSharingTest, APublisherThatIsStoppedBeforeTheSwitchLeavesWhatServed) {
  const std::string first = PublishText("aspirin");
  const Engine engine = Serve();
  const storage::Manifest next = Publish({TextDocument("w", "warfarin")});
  const auto client = *ClusterClient::Create(config_.cluster());
  storage::Manifest uploaded = next;
  SegmentUploader uploader(store_.get(), client.get(), config_);
  *uploaded.mutable_segments(0) = *uploader.Upload(next, next.segments(0));
  const auto name = ClusterCatalog(client.get(), config_.cluster()).Add(uploaded);
  ASSERT_THAT(name, IsOk());
  EXPECT_THAT(engine->Follow(), IsOk());
  EXPECT_EQ(*engine->ActiveGeneration("c"), first);
  EXPECT_EQ(*Serve()->ActiveGeneration("c"), first);
  const auto again = Publisher()->Publish(next);
  ASSERT_THAT(again, IsOk());
  EXPECT_GT(*again, *name);
  EXPECT_THAT(engine->Follow(), IsOk());
  EXPECT_EQ(CountFound(*engine, "warfarin"), 1u);
}

TEST_F(ClusterSharingTest, ASegmentThatIsRemovedBeforeTheSwitchEndsThePublication) {
  const std::string first = PublishText("aspirin");
  const storage::Manifest next = Publish({TextDocument("w", "warfarin")});
  const auto client = *ClusterClient::Create(config_.cluster());
  storage::Manifest uploaded = next;
  *uploaded.mutable_segments(0) = *SegmentUploader(store_.get(), client.get(), config_).Upload(next, next.segments(0));
  ASSERT_EQ(Ask(0, "DELETE", "/" + uploaded.segments(0).cluster_index()).status, 200);
  EXPECT_THAT(Publisher()->PublishUploaded(uploaded, first),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("was removed meanwhile")));
  EXPECT_EQ(*Publisher()->Serving("c"), first);
  EXPECT_THAT(Publisher()->Publish(next), IsOk()) << "which writes it again";
}

TEST_F(ClusterSharingTest, WhatSomebodyWentBackToIsNotRemoved) {
  const std::string first = PublishText("aspirin");
  const std::string second = PublishText("aspirin thins blood");
  const std::string third = PublishText("aspirin lowers fever");
  ASSERT_THAT(Serve()->Activate("c", first), IsOk());
  config_.set_kept_generations(1);
  const auto client = *ClusterClient::Create(config_.cluster());
  ASSERT_THAT(ClusterSweeper(client.get(), config_).Sweep("c", third, second), IsOk());
  EXPECT_EQ(CountFound(*Serve(), "aspirin"), 1u);
}

TEST_F(ClusterSharingTest, AStoreKnowsWhatItHasPublished) {
  const std::string first = PublishText("aspirin");
  const std::string second = PublishText("aspirin thins blood");
  EXPECT_TRUE(*Publisher()->IsOwn("c", first));
  EXPECT_TRUE(*Publisher()->IsOwn("c", second));
  const auto other = EvidenceStore::Open(TempFolder(), Database::Access::kReadWrite);
  ASSERT_THAT(other, IsOk());
  const auto publisher = *ClusterPublisher::Create(other->get(), config_);
  EXPECT_FALSE(*publisher->IsOwn("c", second));
  const auto client = *ClusterClient::Create(config_.cluster());
  const storage::Manifest shared = *ClusterCatalog(client.get(), config_.cluster()).Generation("c", first);
  const auto third = publisher->PublishUploaded(shared, second);
  ASSERT_THAT(third, IsOk());
  EXPECT_FALSE(*publisher->IsOwn("c", *third)) << "which others have built";
}

TEST_F(ClusterSharingTest, AStoreGoesBackToWhatSomebodyWentBackTo) {
  const std::string first = PublishText("aspirin");
  const std::string in_store = *StoredAsActive();
  const std::string second = PublishText("aspirin thins blood");
  const std::string later_in_store = *StoredAsActive();
  ASSERT_THAT(Publisher()->GoBackTo("c", second), IsOk());
  EXPECT_THAT(StoredAsActive(), Optional(later_in_store)) << "nobody went back";
  ASSERT_THAT(Serve()->Activate("c", first), IsOk());
  ASSERT_THAT(Publisher()->GoBackTo("c", first), IsOk());
  EXPECT_THAT(StoredAsActive(), Optional(in_store));
  ASSERT_THAT(Serve()->Activate("c", second), IsOk());
  ASSERT_THAT(Publisher()->GoBackTo("c", second), IsOk());
  EXPECT_THAT(StoredAsActive(), Optional(later_in_store));
}

TEST_F(ClusterSharingTest, WhatAStoreGoesBackToIsNoNews) {
  const std::string first = PublishText("aspirin");
  const std::string in_store = *StoredAsActive();
  PublishText("aspirin thins blood");
  ASSERT_THAT(Serve()->Activate("c", first), IsOk());
  ASSERT_THAT(Publisher()->GoBackTo("c", first), IsOk());
  EXPECT_EQ(*Publisher()->Publish(*store_->manifests().Get("c", in_store)), first);
}

TEST_F(ClusterSharingTest, AStoreCannotGoBackToWhatItHasNoLonger) {
  const std::string first = PublishText("aspirin");
  const std::string in_store = *StoredAsActive();
  PublishText("aspirin thins blood");
  ASSERT_THAT(GenerationPublisher(store_.get()).RetireKept("c", in_store), IsOk());
  ASSERT_THAT(Serve()->Activate("c", first), IsOk());
  EXPECT_THAT(Publisher()->GoBackTo("c", first), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(first)));
}

TEST_F(ClusterSharingTest, APublisherDoesNotUndoWhatSomebodyWentBackToMeanwhile) {
  const std::string first = PublishText("aspirin");
  const std::string second = PublishText("aspirin thins blood");
  const storage::Manifest next = Publish({TextDocument("w", "warfarin")});
  ASSERT_THAT(Serve()->Activate("c", first), IsOk());
  EXPECT_THAT(Publisher()->Publish(next, second), StatusIs(absl::StatusCode::kAborted, HasSubstr(first)));
  EXPECT_EQ(*Publisher()->Serving("c"), first);
}

TEST_F(ClusterSharingTest, APublisherSeesWhoseDocumentsItWouldReplace) {
  storage::Document theirs = TextDocument("t", "tramadol");
  theirs.set_source_set("theirs");
  const auto name = Publisher()->Publish(Publish({TextDocument("a", "aspirin"), theirs}));
  ASSERT_THAT(name, IsOk());
  EXPECT_THAT(*Publisher()->OtherSourceSet("c", *name, "default"), Optional(std::string("theirs")));
  EXPECT_EQ(*Publisher()->OtherSourceSet("c", PublishText("aspirin"), "default"), absl::nullopt);
}

TEST_F(ClusterSharingTest, WhatAnotherMachineMakesOfTheSameTextsIsTheSameIndex) {
  PublishText("aspirin");
  const std::string index = SegmentIndex();
  storage::Manifest again = Publish({TextDocument("a", "aspirin"), TextDocument("h", "heparin")});
  for (storage::PieceSet& pieces : *again.mutable_segments(0)->mutable_indexes()) {
    if (pieces.name() == "vector") pieces.set_sha256(0, std::string(32, 'x'));
  }
  ASSERT_THAT(Publisher()->Publish(again), IsOk());
  EXPECT_EQ(SegmentIndex(), index);
}

TEST_F(ClusterSharingTest, APublisherSaysAgainWhatTheClusterHasLost) {
  PublishText("aspirin");
  ASSERT_THAT(Retract(Serve().get(), "h"), IsOk());
  ASSERT_THAT(Publisher()->Pull(), IsOk());
  ASSERT_EQ(Ask(0, "DELETE", absl::StrCat("/", config_.cluster().prefix(), ".changes")).status, 200);
  EXPECT_EQ(CountFound(*Serve(), "heparin"), 1u);
  ASSERT_THAT(Publisher()->Pull(), IsOk());
  EXPECT_EQ(CountFound(*Serve(), "heparin"), 0u);
  EXPECT_THAT(Publisher()->Pull(), IsOk());
}

TEST_F(ClusterSharingTest, WhatOneServerIsToldTheOtherFollows) {
  const std::string first = PublishText("aspirin");
  const std::string second = PublishText("aspirin\naspirin thins blood");
  const Engine one = Serve();
  const Engine other = Serve();
  ASSERT_THAT(Retract(one.get(), "h"), IsOk());
  ASSERT_THAT(other->Follow(), IsOk());
  EXPECT_EQ(CountFound(*other, "heparin"), 0u);
  ASSERT_THAT(other->Activate("c", first), IsOk());
  EXPECT_EQ(CountFound(*one, "aspirin"), 2u) << "not before it looks";
  ASSERT_THAT(one->Follow(), IsOk());
  EXPECT_EQ(*one->ActiveGeneration("c"), first);
  EXPECT_EQ(CountFound(*one, "aspirin"), 1u);
  EXPECT_EQ(CountFound(*one, "heparin"), 0u) << "retracted in all generations";
  ASSERT_THAT(one->Retire("c", second), IsOk());
  ASSERT_THAT(other->Follow(), IsOk());
  EXPECT_THAT(other->Activate("c", second), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ClusterSharingTest, ChangesThroughSeveralServersAtOnceAreAllThereInOneOrder) {
  constexpr int kEach = 12;
  PublishText("aspirin");
  const Engine one = Serve();
  const Engine other = Serve();
  const auto retract_some = [](ClusterEngine* engine, const std::string& name) {
    for (int i = 0; i < kEach; ++i) {
      EXPECT_THAT(Retract(engine, absl::StrCat(name, i)), IsOk());
      EXPECT_THAT(Retract(engine, "shared", absl::StrCat("request ", i)), IsOk());
    }
  };
  std::thread beside([&] { retract_some(other.get(), "other"); });
  retract_some(one.get(), "one");
  beside.join();
  ASSERT_THAT(one->Follow(), IsOk());
  ASSERT_THAT(other->Follow(), IsOk());
  EXPECT_EQ((*one->View("c"))->change_sequence(), 3u * kEach) << "of a request that both were sent one change";
  EXPECT_EQ((*other->View("c"))->change_sequence(), 3u * kEach);
  const auto client = *ClusterClient::Create(config_.cluster());
  const auto changes = *ClusterCatalog(client.get(), config_.cluster()).ChangesAfter(0);
  std::set<std::string> documents;
  for (const storage::Change& change : changes) documents.insert(change.status().document_id());
  EXPECT_THAT(documents, SizeIs(2 * kEach + 1));
}

TEST_F(ClusterSharingTest, RequestsThatAServerIsSentTwiceAtOnceAreOneChangeEach) {
  constexpr int kRequests = 12;
  PublishText("aspirin");
  const Engine engine = Serve();
  const auto retract_all = [&engine] {
    for (int i = 0; i < kRequests; ++i) {
      EXPECT_THAT(Retract(engine.get(), absl::StrCat("document ", i), absl::StrCat("request ", i)), IsOk());
    }
  };
  std::thread beside(retract_all);
  retract_all();
  beside.join();
  EXPECT_EQ((*engine->View("c"))->change_sequence(), static_cast<uint64_t>(kRequests));
}

TEST_F(ClusterSharingTest, APublisherGivesNothingBackOfWhatItHasPulled) {
  PublishText("aspirin");
  const Engine engine = Serve();
  ASSERT_THAT(Retract(engine.get(), "a"), IsOk());
  ASSERT_THAT(Retract(engine.get(), "a", "", v1::DOCUMENT_STATUS_CURRENT), IsOk());
  const auto publisher = Publisher();
  ASSERT_THAT(publisher->Pull(), IsOk());
  ASSERT_THAT(Retract(engine.get(), "a"), IsOk()) << "while the job runs";
  ASSERT_THAT(publisher->Publish(Publish({TextDocument("a", "aspirin")})), IsOk());
  ASSERT_THAT(engine->Follow(), IsOk());
  EXPECT_EQ(CountFound(*engine, "aspirin"), 0u) << "it is retracted";
  EXPECT_EQ((*engine->View("c"))->change_sequence(), 3u);
}

TEST_F(ClusterSharingTest, ACacheThatIsDeletedIsFetchedAgain) {
  const std::string cache = TempFolder();
  const std::string first = PublishText("aspirin");
  const std::string second = PublishText("aspirin thins blood");
  ASSERT_THAT(Retract(Serve(cache).get(), "h"), IsOk());
  std::filesystem::remove_all(cache);
  const Engine engine = Serve(cache);
  EXPECT_EQ(CountFound(*engine, "blood"), 1u);
  EXPECT_EQ(CountFound(*engine, "heparin"), 0u);
  EXPECT_THAT(*engine->Generations("c"), SizeIs(2));
  EXPECT_THAT(engine->Activate("c", first), IsOk());
}

TEST_F(ClusterSharingTest, ATableThatIsDamagedKeepsNobodyFromRetractingAndGoingBack) {
  const std::string first = PublishText("aspirin");
  absl::Time now = absl::Now();
  const std::string cache = TempFolder();
  Engine engine = Serve(cache, [&now] { return now; });
  const std::string of_first = SegmentIndex();
  const std::string second = PublishText("aspirin thins blood");
  for (const std::string& index : SegmentIndexes()) {
    if (index != of_first) DamageTable(index);
  }
  const auto is_damaged = StatusIs(absl::StatusCode::kDataLoss, HasSubstr("SHA-256"));
  EXPECT_THAT(engine->Follow(), is_damaged);
  now += 2 * kMaxLag;
  EXPECT_THAT(engine->Follow(), is_damaged);
  EXPECT_THAT(engine->Following()->problem, is_damaged);
  EXPECT_EQ(CountFound(*engine, "aspirin"), 1u) << "what served goes on serving, for changes are known";
  EXPECT_THAT(Retract(engine.get(), "h"), IsOk());
  EXPECT_EQ(CountFound(*engine, "heparin"), 0u);
  const Engine without_cache = Serve();
  EXPECT_EQ(CountFound(*without_cache, "aspirin"), 1u) << "the one before";
  EXPECT_THAT(without_cache->Following()->problem, is_damaged);
  engine.reset();
  engine = Serve(cache);
  EXPECT_EQ(CountFound(*engine, "aspirin"), 1u) << "after a restart, too";
  EXPECT_THAT(engine->Following()->problem, is_damaged);
  EXPECT_THAT(engine->Activate("c", second), is_damaged);
  EXPECT_THAT(engine->Activate("c", first), IsOk());
  EXPECT_THAT(engine->Follow(), IsOk());
}

TEST_F(ClusterSharingTest, WhatSomebodyWentBackFromDoesNotServeInPlaceOfWhatIsDamaged) {
  const std::string first = PublishText("aspirin");
  const std::string of_first = SegmentIndex();
  PublishText("aspirin in a wrong dose");
  ASSERT_THAT(Serve()->Activate("c", first), IsOk());
  const std::vector<std::string> before = SegmentIndexes();
  PublishText("aspirin thins blood");
  for (const std::string& index : SegmentIndexes()) {
    if (std::count(before.begin(), before.end(), index) == 0) DamageTable(index);
  }
  EXPECT_EQ(Serve()->View("c").value()->generation().name(), first);
  DamageTable(of_first);
  EXPECT_THAT(Serve()->View("c"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("SHA-256")));
}

TEST_F(ClusterSharingTest, AnEarlierGenerationThatCannotBeReadStopsNobody) {
  const std::string first = PublishText("aspirin");
  const Engine engine = Serve();
  const std::string manifest = absl::StrCat("/", config_.cluster().prefix(), ".c.generation.", first, "/_doc/manifest");
  ASSERT_EQ(Ask(0, "PUT", manifest, {{"record", "AAAA"}}).status, 200);
  const auto second = Publisher()->Publish(Publish({TextDocument("w", "warfarin")}));
  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(engine->Follow(), IsOk());
  EXPECT_EQ(CountFound(*engine, "warfarin"), 1u);
}

TEST_F(ClusterSharingTest, AnIndexThatIsRemovedWhileItIsWrittenIsNotTakenForTheSegment) {
  const storage::Manifest manifest = Publish({TextDocument("a", "aspirin")});
  const auto removes = Publisher([this](size_t, size_t) {
    EXPECT_EQ(Ask(0, "DELETE", "/" + SegmentIndex()).status, 200);
    return absl::OkStatus();
  });
  EXPECT_THAT(removes->Publish(manifest), StatusIs(absl::StatusCode::kAborted, HasSubstr("was removed while")));
  EXPECT_THAT(SegmentIndexes(), IsEmpty());
  EXPECT_THAT(Publisher()->Publish(manifest), IsOk());
}

TEST_F(ClusterSharingTest, AClusterThatHasLostChangesIsNotFollowed) {
  PublishText("aspirin");
  const std::string cache = TempFolder();
  Engine engine = Serve(cache);
  ASSERT_THAT(Retract(engine.get(), "h"), IsOk());
  ASSERT_THAT(Retract(engine.get(), "x"), IsOk());
  ASSERT_EQ(Ask(0, "DELETE", absl::StrCat("/", config_.cluster().prefix(), ".changes")).status, 200);
  const auto is_lost = StatusIs(absl::StatusCode::kDataLoss, HasSubstr("empty index.store_path"));
  EXPECT_THAT(engine->Follow(), is_lost);
  const Engine without = Serve();
  for (const std::string document : {"y", "z", "a"}) ASSERT_THAT(Retract(without.get(), document), IsOk());
  EXPECT_THAT(engine->Follow(), is_lost) << "the same number of another change";
  EXPECT_EQ(CountFound(*engine, "heparin"), 0u) << "what was retracted stays so";
  PublishText("aspirin thins blood");
  ASSERT_EQ(Ask(0, "DELETE", absl::StrCat("/", config_.cluster().prefix(), ".changes")).status, 200);
  EXPECT_THAT(Serve()->View("c"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("snapshot")))
      << "a cache that is empty has seen no change, but the generation says how many there were";
  engine.reset();
  EXPECT_THAT(TryServe(config_, cache), is_lost);
}

TEST_F(ClusterSharingTest, AChangeDoesNotWaitForTheTablesOfANewGeneration) {
  PublishText("aspirin");
  const Engine other = Serve();
  absl::Time now = absl::Now();
  int looks = -1;
  const Engine engine = Serve([&] {
    if (looks >= 0 && ++looks == 2) {
      EXPECT_THAT(Retract(other.get(), "a"), IsOk()) << "while a table is on its way";
      now += kMaxLag / 2;
    }
    return now;
  });
  PublishText("aspirin thins blood");
  looks = 0;
  ASSERT_THAT(engine->Follow(), IsOk());
  EXPECT_EQ((*engine->View("c"))->change_sequence(), 1u);
  EXPECT_EQ(CountFound(*engine, "blood"), 0u);
  EXPECT_EQ(CountFound(*engine, "heparin"), 1u);
}

TEST_F(ClusterSharingTest, ARetractionDoesNotWaitForTheTablesOfANewGeneration) {
  PublishText("aspirin");
  int looks = -1;
  Engine engine;
  engine = Serve([&] {
    if (looks >= 0 && ++looks == 2) {
      EXPECT_THAT(Retract(engine.get(), "a"), IsOk()) << "while a table is on its way";
    }
    return absl::Now();
  });
  PublishText("aspirin thins blood");
  looks = 0;
  ASSERT_THAT(engine->Follow(), IsOk());
  EXPECT_GE(looks, 2);
  EXPECT_EQ(CountFound(*engine, "blood"), 0u);
  EXPECT_EQ(CountFound(*engine, "heparin"), 1u);
}

TEST_F(ClusterSharingTest, AServerThatRetiresAGenerationServesTheOneThatWasPublishedMeanwhile) {
  const std::string first = PublishText("aspirin");
  PublishText("aspirin lowers fever");
  const Engine engine = Serve();
  PublishText("aspirin thins blood");
  EXPECT_THAT(engine->Retire("c", first), IsOk());
  EXPECT_EQ(CountFound(*engine, "blood"), 1u);
}

TEST_F(ClusterSharingTest, ADocumentThatIsGoneKeepsNobodyFromReadingTheOthers) {
  PublishText("aspirin");
  const Engine engine = Serve();
  const std::string index = SegmentIndex();
  const std::string aspirin = DocumentStore::VersionOf(TextDocument("a", "aspirin"));
  const std::string heparin = DocumentStore::VersionOf(TextDocument("h", "heparin"));
  const auto read = [&] { return *engine->ReadVersions("c", {{"a", aspirin}, {"h", heparin}}); };
  EXPECT_THAT(read(), Each(IsOk()));
  ASSERT_EQ(Ask(0, "DELETE", absl::StrCat("/", index, "/_doc/d0?refresh=true")).status, 200);
  EXPECT_THAT(read(), ElementsAre(StatusIs(absl::StatusCode::kDataLoss, HasSubstr(index)), IsOk()));
  ASSERT_EQ(Ask(0, "DELETE", "/" + index).status, 200);
  EXPECT_THAT(read(), Each(StatusIs(absl::StatusCode::kNotFound)));
}

TEST_F(ClusterSharingTest, ADocumentWhoseIndexIsGoneIsReadFromAnother) {
  PublishText("aspirin");
  const std::string first = SegmentIndex();
  PublishText("aspirin lowers fever");
  const Engine engine = Serve();
  const std::string heparin = DocumentStore::VersionOf(TextDocument("h", "heparin"));
  std::vector<std::string> indexes = SegmentIndexes();
  ASSERT_THAT(indexes, SizeIs(2));
  // As where a publication removes it, and this server has not heard of it.
  ASSERT_EQ(Ask(0, "DELETE", "/" + (indexes[0] == first ? indexes[1] : indexes[0])).status, 200);
  EXPECT_THAT(*engine->ReadVersions("c", {{"h", heparin}}), Each(IsOk()));
}

TEST_F(ClusterSharingTest, AGenerationThatServesInPlaceOfOneThatDoesNotLoadIsNotRetired) {
  const std::string first = PublishText("aspirin");
  const Engine engine = Serve();
  storage::Manifest of_another_model = Publish({TextDocument("w", "warfarin")});
  of_another_model.mutable_embedder()->set_id("another");
  ASSERT_THAT(Publisher()->Publish(of_another_model), IsOk());
  EXPECT_THAT(engine->Follow(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another")));
  EXPECT_THAT(engine->Retire("c", first), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(first)));
  EXPECT_EQ(CountFound(*engine, "aspirin"), 1u);
}

TEST_F(ClusterSharingTest, AServerThatStartsWhileTheClusterIsAwayWaitsForIt) {
  PublishText("aspirin lowers fever");
  config::IndexConfig away = config_;
  away.set_store_path(TempFolder());
  away.mutable_cluster()->clear_urls();
  away.mutable_cluster()->add_urls(absl::StrCat("http://127.0.0.1:", FreePort()));
  const auto engine = ClusterEngine::Create(away, embedder_.id());
  ASSERT_THAT(engine, IsOk());
  EXPECT_THAT((*engine)->View("c"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT((*engine)->Follow(), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT((*engine)->Following()->problem, StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace bedside
