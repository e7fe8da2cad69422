// What a cluster of three nodes does to publishers and servers when parts of it fail.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "index/cluster/cluster_engine.h"
#include "index/cluster/cluster_publisher.h"
#include "tests/cluster/open_search_cluster.h"
#include "tests/cluster/secured_front.h"
#include "tests/fakes/http_client.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Json = nlohmann::json;

constexpr size_t kNodes = 3;
constexpr absl::Duration kMaxLag = absl::Seconds(30);

// One for all tests of the process, each of which has names of its own in it. A node that hangs is dropped soon.
OpenSearchCluster& Cluster() {
  static const auto& cluster = *new absl::StatusOr<std::unique_ptr<OpenSearchCluster>>(
      OpenSearchCluster::Start(kNodes, {{"cluster.fault_detection.follower_check.timeout", "1s"},
                                        {"cluster.fault_detection.follower_check.retry_count", "1"},
                                        {"cluster.fault_detection.leader_check.timeout", "1s"},
                                        {"cluster.fault_detection.leader_check.retry_count", "1"},
                                        {"cluster.publish.timeout", "1s"}}));
  EXPECT_THAT(cluster, IsOk());
  return **cluster;
}

class ClusterFaultsTest : public GenerationFixture {
 protected:
  using Engine = std::unique_ptr<ClusterEngine>;

  void SetUp() override {
    GenerationFixture::SetUp();
    static int tests = 0;
    for (const std::string& url : Cluster().urls()) config_.mutable_cluster()->add_urls(url);
    config_.mutable_cluster()->set_prefix(absl::StrCat("test", ++tests));
    config_.mutable_cluster()->set_vector_engine(config::CLUSTER_VECTOR_ENGINE_LUCENE);
    config_.mutable_cluster()->set_shards(kNodes);
    config_.mutable_cluster()->set_max_lag_ms(static_cast<uint32_t>(absl::ToInt64Milliseconds(kMaxLag)));
    for (size_t node = 0; node < kNodes; ++node) {
      if (Ask(node, "GET", "/").status == 0) ASSERT_THAT(Cluster().Restart(node), IsOk());
    }
    ASSERT_THAT(Cluster().WaitForHealth("green", kNodes), IsOk());
  }

  // Leaves nothing that the next test waits for.
  void TearDown() override {
    for (size_t node = 0; node < kNodes; ++node) {
      for (const Json& index : Json::parse(Ask(node, "GET", "/_cat/indices?format=json&h=index").body, nullptr, false)) {
        if (index.is_object()) Ask(node, "DELETE", absl::StrCat("/", index["index"].get<std::string>()));
      }
    }
  }

  static HttpReply Ask(size_t node, const std::string& verb, const std::string& path, const Json& body = {}) {
    HttpCall call;
    call.verb = verb;
    call.url = Cluster().urls()[node] + path;
    if (!body.is_null()) call.body = body.dump();
    call.headers = {"Content-Type: application/json"};
    call.timeout_ms = 10'000;
    return SendHttp(call);
  }

  static size_t NodeOfManager() {
    const std::string name = Ask(0, "GET", "/_cat/cluster_manager?h=node").body;
    for (size_t node = 0; node < kNodes; ++node) {
      if (absl::StrContains(name, absl::StrCat("node-", node))) return node;
    }
    ADD_FAILURE() << name;
    return 0;
  }

  // The one index of a segment that the test has made.
  std::string SegmentIndex() const {
    const Json indexes = Json::parse(
        Ask(0, "GET", absl::StrCat("/_cat/indices/", config_.cluster().prefix(), ".c.segment.*?format=json&h=index"))
            .body);
    EXPECT_THAT(indexes, SizeIs(1));
    return indexes[0]["index"];
  }

  std::unique_ptr<ClusterPublisher> Publisher(SegmentUploader::Progress progress = nullptr) {
    return *ClusterPublisher::Create(store_.get(), config_, std::move(progress));
  }

  // In the store and in the cluster. Returns the name that it has there.
  std::string PublishText(const std::string& text) {
    const auto name = Publisher()->Publish(Publish({TextDocument("a", text), TextDocument("h", "heparin")}));
    EXPECT_THAT(name, IsOk());
    return name.value_or("");
  }

  // Documents of a hundred passages each.
  storage::Manifest PublishLarge(size_t documents) {
    std::vector<storage::Document> large;
    for (size_t i = 0; i < documents; ++i) {
      std::string text;
      for (size_t line = 0; line < 100; ++line) {
        absl::StrAppend(&text, "aspirin ", i, " of a hundred documents and passage ", line, " of a hundred of it\n");
      }
      large.push_back(TextDocument(absl::StrCat("d", 1000 + i), text));
    }
    return Publish(large);
  }

  // As a process that begins now, with a cache of its own.
  Engine Serve(ClusterEngine::Clock clock = &absl::Now) { return Serve(TempFolder(), std::move(clock)); }
  Engine Serve(const std::string& cache, ClusterEngine::Clock clock = &absl::Now) {
    auto engine = TryServe(config_, cache, std::move(clock));
    EXPECT_THAT(engine, IsOk());
    return *std::move(engine);
  }
  absl::StatusOr<Engine> TryServe(config::IndexConfig config, const std::string& cache,
                                  ClusterEngine::Clock clock = &absl::Now) {
    config.set_store_path(cache);
    return ClusterEngine::Create(config, embedder_.id(), std::move(clock));
  }

  CandidateQuery Words(const std::string& text, size_t limit = 1000) {
    CandidateQuery query;
    for (const std::string& term : analyzer_->Terms(text)) query.terms.push_back({term, 1.0F});
    query.limit = limit;
    return query;
  }

  size_t CountFound(const ClusterEngine& engine, const std::string& text) {
    const auto view = engine.View("c");
    EXPECT_THAT(view, IsOk());
    const auto found = engine.Search(**view, Words(text));
    EXPECT_THAT(found, IsOk());
    return found->lexical.size();
  }

  static absl::Status Retract(ClusterEngine* engine, const std::string& document, const std::string& request = "",
                              v1::DocumentStatus status = v1::DOCUMENT_STATUS_RETRACTED) {
    storage::StatusNotice notice;
    notice.set_document_id(document);
    notice.set_status(status);
    notice.set_origin(storage::STATUS_ORIGIN_OPERATOR);
    return engine->ApplyNotice("c", notice, request);
  }

  config::IndexConfig config_;
};

TEST_F(ClusterFaultsTest, AnUploadDuringWhichANodeDiesEndsWellOrItsRepetitionDoes) {
  constexpr size_t kDocuments = 120;
  const storage::Manifest manifest = PublishLarge(kDocuments);
  const size_t victim = NodeOfManager();
  const auto publisher = Publisher([&](size_t passages, size_t total) {
    if (passages > total * 3 / 4) Cluster().Kill(victim);
    return absl::OkStatus();
  });
  auto name = publisher->Publish(manifest);
  for (int i = 0; i < 5 && !name.ok(); ++i) {
    EXPECT_THAT(name, AnyOf(StatusIs(absl::StatusCode::kUnavailable), StatusIs(absl::StatusCode::kDeadlineExceeded),
                            StatusIs(absl::StatusCode::kInternal, HasSubstr("Run the job again"))));
    name = publisher->Publish(manifest);
  }
  ASSERT_THAT(name, IsOk());
  const size_t alive = (victim + 1) % kNodes;
  const Json query = {{"size", 0},
                      {"track_total_hits", true},
                      {"query", {{"exists", {{"field", "passage"}}}}},
                      {"aggs", {{"different", {{"cardinality", {{"field", "passage"}, {"precision_threshold", 40'000}}}}}}}};
  const std::string path = absl::StrCat("/", config_.cluster().prefix(), ".c.segment.*/_search");
  for (int i = 0; i < 6; ++i) {
    const Json found = Json::parse(Ask(alive, "POST", path, query).body);
    EXPECT_EQ(found["_shards"]["failed"], 0) << found;
    EXPECT_EQ(found["hits"]["total"]["value"], 100 * kDocuments) << found;
    EXPECT_EQ(found["aggregations"]["different"]["value"], 100 * kDocuments) << "each of them once";
  }
}

TEST_F(ClusterFaultsTest, SearchesGoOnWhileANodeDiesAndAllSayWhereSomethingIsMissing) {
  ASSERT_THAT(Publisher()->Publish(PublishLarge(3)), IsOk());
  ASSERT_THAT(Cluster().WaitForHealth("green", kNodes), IsOk());
  const Engine engine = Serve();
  const auto view = *engine->View("c");
  Candidates last;
  for (int i = 0; i < 60; ++i) {
    if (i == 20) Cluster().Kill((NodeOfManager() + 1) % kNodes);
    const auto found = engine->Search(*view, Words("aspirin"));
    ASSERT_THAT(found, IsOk()) << i;
    EXPECT_TRUE(found->lexical.size() == 300 || found->is_partial) << i << ": " << found->lexical.size();
    last = *found;
  }
  EXPECT_THAT(last.lexical, SizeIs(300));
  EXPECT_FALSE(last.is_partial);
}

TEST_F(ClusterFaultsTest, WithoutCopiesTheShardsOfADeadNodeAreMissingAndAnswersSayIt) {
  config_.mutable_cluster()->set_replicas(0);
  ASSERT_THAT(Publisher()->Publish(PublishLarge(3)), IsOk());
  const Engine engine = Serve();
  const auto view = *engine->View("c");
  const size_t victim = (NodeOfManager() + 1) % kNodes;
  Cluster().Kill(victim);
  const auto found = engine->Search(*view, Words("aspirin"));
  ASSERT_THAT(found, IsOk());
  EXPECT_TRUE(found->is_partial);
  EXPECT_THAT(found->lexical, Not(IsEmpty()));
  EXPECT_LT(found->lexical.size(), 300u);
  std::vector<PassageOrdinal> all;
  for (size_t i = 0; i < 300; ++i) all.push_back(PassageAt(i));
  EXPECT_THAT(engine->Read(*view, all), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("health")));
  ASSERT_THAT(Cluster().Restart(victim), IsOk());
  ASSERT_THAT(Cluster().WaitForHealth("green", kNodes), IsOk());
  const auto again = engine->Search(*view, Words("aspirin"));
  ASSERT_THAT(again, IsOk());
  EXPECT_FALSE(again->is_partial);
  EXPECT_THAT(again->lexical, SizeIs(300));
}

TEST_F(ClusterFaultsTest, ADeadlineIsKeptWhileANodeHangsAndSearchesGoOnWithoutIt) {
  PublishText("aspirin");
  const Engine engine = Serve();
  const auto view = *engine->View("c");
  const size_t hanging = (NodeOfManager() + 1) % kNodes;
  Cluster().Suspend(hanging);
  absl::StatusOr<Candidates> found;
  do {
    CandidateQuery query = Words("aspirin");
    query.deadline = absl::Now() + absl::Seconds(1);
    found = engine->Search(*view, query);
    EXPECT_LT(absl::Now(), query.deadline + absl::Seconds(5));
    EXPECT_THAT(found.status(), AnyOf(IsOk(), StatusIs(absl::StatusCode::kDeadlineExceeded)));
  } while (!found.ok());
  EXPECT_THAT(found->lexical, SizeIs(1));
  Cluster().Resume(hanging);
}

TEST_F(ClusterFaultsTest, AFullDiskEndsAPublicationAndWhatServedGoesOn) {
  PublishText("aspirin");
  const Engine engine = Serve();
  const auto block = [](const Json& is_full) {
    const Json settings = {{"persistent", {{"cluster.blocks.read_only_allow_delete", is_full}}}};
    EXPECT_EQ(Ask(0, "PUT", "/_cluster/settings", settings).status, 200);
  };
  block(true);
  const storage::Manifest next = Publish({TextDocument("w", "warfarin")});
  EXPECT_THAT(Publisher()->Publish(next), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("make room")));
  EXPECT_THAT(Retract(engine.get(), "a"), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(engine->Follow(), IsOk());
  EXPECT_EQ(CountFound(*engine, "aspirin"), 1u);
  block(nullptr);
  EXPECT_THAT(Publisher()->Publish(next), IsOk());
  EXPECT_THAT(engine->Follow(), IsOk());
  EXPECT_EQ(CountFound(*engine, "warfarin"), 1u);
}

TEST_F(ClusterFaultsTest, AnIndexThatSomebodyElseMadeIsNotWrittenToAndNothingIsSwitched) {
  const storage::Manifest manifest = Publish({TextDocument("a", "aspirin")});
  const auto stopped = Publisher([](size_t, size_t) { return absl::CancelledError("stopped"); });
  ASSERT_THAT(stopped->Publish(manifest), StatusIs(absl::StatusCode::kCancelled));
  const std::string index = SegmentIndex();
  Json mappings = Json::parse(Ask(0, "GET", absl::StrCat("/", index, "/_mapping")).body)[index]["mappings"];
  mappings["properties"]["terms"] = {{"type", "flat_object"}};
  ASSERT_EQ(Ask(0, "DELETE", "/" + index).status, 200);
  ASSERT_EQ(Ask(0, "PUT", "/" + index, {{"settings", {{"index.knn", true}}}, {"mappings", mappings}}).status, 200);
  EXPECT_THAT(Publisher()->Publish(manifest),
              StatusIs(absl::StatusCode::kFailedPrecondition, AllOf(HasSubstr(index), HasSubstr("field terms"))));
  EXPECT_THAT(Serve()->Corpora(), IsEmpty());
}

TEST_F(ClusterFaultsTest, APublisherThatIsStoppedBeforeTheSwitchLeavesWhatServed) {
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

TEST_F(ClusterFaultsTest, OnlyWhoIsKnownAndWhomOneTrustsIsTalkedTo) {
  PublishText("aspirin");
  const auto front = SecuredFront::Start(Cluster().urls()[0], "bedside", "opensesame");
  const auto another = SecuredFront::Start(Cluster().urls()[0], "bedside", "opensesame");
  ASSERT_THAT(front, IsOk());
  ASSERT_THAT(another, IsOk());
  config::IndexConfig config = config_;
  config.mutable_cluster()->clear_urls();
  config.mutable_cluster()->add_urls((*front)->url());
  config.mutable_cluster()->set_ca_file((*front)->authority_file());
  config.mutable_cluster()->set_credentials_file(WriteFile(TempFolder(), "right", "bedside:opensesame"));
  EXPECT_THAT(TryServe(config, TempFolder()), IsOk());

  config.mutable_cluster()->set_ca_file((*another)->authority_file());
  EXPECT_THAT(TryServe(config, TempFolder()), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("certificate")));

  config.mutable_cluster()->set_ca_file((*front)->authority_file());
  config.mutable_cluster()->set_credentials_file(WriteFile(TempFolder(), "wrong", "bedside:closedsesame"));
  const auto refused = StatusIs(absl::StatusCode::kFailedPrecondition,
                                AllOf(HasSubstr("credentials_file"), Not(HasSubstr("sesame"))));
  EXPECT_THAT(TryServe(config, TempFolder()), refused);
  EXPECT_THAT((*ClusterPublisher::Create(store_.get(), config))->Pull(), refused);
}

TEST_F(ClusterFaultsTest, WhatOneServerIsToldTheOtherFollows) {
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

TEST_F(ClusterFaultsTest, ChangesThroughSeveralServersAtOnceAreAllThereInOneOrder) {
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

TEST_F(ClusterFaultsTest, APublisherGivesNothingBackOfWhatItHasPulled) {
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

TEST_F(ClusterFaultsTest, ACacheThatIsDeletedIsFetchedAgain) {
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

TEST_F(ClusterFaultsTest, ATableThatIsDamagedKeepsNobodyFromRetractingAndGoingBack) {
  const std::string first = PublishText("aspirin");
  absl::Time now = absl::Now();
  const Engine engine = Serve([&now] { return now; });
  const std::string of_first = SegmentIndex();
  const std::string second = PublishText("aspirin thins blood");
  const Json indexes = Json::parse(
      Ask(0, "GET", absl::StrCat("/_cat/indices/", config_.cluster().prefix(), ".c.segment.*?format=json&h=index")).body);
  for (const Json& index : indexes) {
    if (index["index"] == of_first) continue;
    const std::string path = absl::StrCat("/", index["index"].get<std::string>(), "/_doc/p0");
    ASSERT_EQ(Ask(0, "PUT", path, {{"piece", "AAAA"}}).status, 200);
  }
  const auto is_damaged = StatusIs(absl::StatusCode::kDataLoss, HasSubstr("SHA-256"));
  EXPECT_THAT(engine->Follow(), is_damaged);
  now += 2 * kMaxLag;
  EXPECT_THAT(engine->Follow(), is_damaged);
  EXPECT_THAT(engine->Following()->problem, is_damaged);
  EXPECT_EQ(CountFound(*engine, "aspirin"), 1u) << "what served goes on serving, for changes are known";
  EXPECT_THAT(Retract(engine.get(), "h"), IsOk());
  EXPECT_EQ(CountFound(*engine, "heparin"), 0u);
  EXPECT_THAT(engine->Activate("c", second), is_damaged);
  EXPECT_THAT(engine->Activate("c", first), IsOk());
  EXPECT_THAT(engine->Follow(), IsOk());
}

TEST_F(ClusterFaultsTest, AClusterThatHasLostChangesIsNotFollowed) {
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
  engine.reset();
  EXPECT_THAT(TryServe(config_, cache), is_lost);
}

// The last one, for no node is left.
TEST_F(ClusterFaultsTest, WithoutAnyNodeNothingIsAnsweredOnceRetractionsMayBeMissing) {
  PublishText("aspirin");
  absl::Time now = absl::Now();
  const Engine engine = Serve([&now] { return now; });
  const auto view = *engine->View("c");
  for (size_t node = 0; node < kNodes; ++node) Cluster().Kill(node);
  const auto is_gone = StatusIs(absl::StatusCode::kUnavailable, HasSubstr(Cluster().urls()[0]));
  EXPECT_THAT(engine->Follow(), is_gone);
  EXPECT_THAT(engine->Search(*view, Words("aspirin")), is_gone);
  EXPECT_THAT(Retract(engine.get(), "a"), is_gone);
  EXPECT_THAT(engine->View("c"), IsOk());
  now += kMaxLag + absl::Milliseconds(1);
  EXPECT_THAT(engine->View("c"), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("retracted")));
  EXPECT_THAT(Publisher()->Publish(Publish({TextDocument("w", "warfarin")})), is_gone);
  EXPECT_THAT(TryServe(config_, TempFolder()), is_gone);
}

}  // namespace
}  // namespace bedside
