// What publishers and servers do while nodes of their cluster fail, have no room, or are not what they should be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cluster/secured_front.h"
#include "tests/index/cluster/cluster_fixture.h"

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

class ClusterFaultsTest : public ClusterFixture {
 protected:
  ClusterFaultsTest() : ClusterFixture(kNodes) {}
};

TEST_F(ClusterFaultsTest, AnUploadDuringWhichANodeDiesEndsWellOrItsRepetitionDoes) {
  constexpr size_t kDocuments = 120;
  const storage::Manifest manifest = PublishLarge(kDocuments);
  const size_t victim = NodeOfManager();
  const auto publisher = Publisher([&](size_t passages, size_t total) {
    if (passages > total * 3 / 4) cluster().Kill(victim);
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
                      {"aggs",
                       {{"last", {{"max", {{"field", "passage"}}}}},
                        {"twice", {{"terms", {{"field", "passage"}, {"min_doc_count", 2}, {"size", 10}}}}}}}};
  const std::string path = absl::StrCat("/", config_.cluster().prefix(), ".c.segment.*/_search");
  for (int i = 0; i < 6; ++i) {
    const Json found = Json::parse(Ask(alive, "POST", path, query).body);
    EXPECT_EQ(found["_shards"]["failed"], 0) << found;
    EXPECT_EQ(found["hits"]["total"]["value"], 100 * kDocuments) << found;
    EXPECT_EQ(found["aggregations"]["last"]["value"], 100 * kDocuments - 1) << found;
    EXPECT_THAT(found["aggregations"]["twice"]["buckets"], IsEmpty()) << found;
  }
}

TEST_F(ClusterFaultsTest, SearchesGoOnWhileANodeDiesAndAllSayWhereSomethingIsMissing) {
  ASSERT_THAT(Publisher()->Publish(PublishLarge(3)), IsOk());
  ASSERT_THAT(cluster().WaitForHealth("green", kNodes), IsOk());
  const Engine engine = Serve();
  const auto view = *engine->View("c");
  Candidates last;
  for (int i = 0; i < 60; ++i) {
    if (i == 20) cluster().Kill((NodeOfManager() + 1) % kNodes);
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
  cluster().Kill(victim);
  const auto found = engine->Search(*view, Words("aspirin"));
  ASSERT_THAT(found, IsOk());
  EXPECT_TRUE(found->is_partial);
  EXPECT_THAT(found->lexical, Not(IsEmpty()));
  EXPECT_LT(found->lexical.size(), 300u);
  std::vector<PassageOrdinal> all;
  for (size_t i = 0; i < 300; ++i) all.push_back(PassageAt(i));
  EXPECT_THAT(engine->Read(*view, all), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("health")));
  ASSERT_THAT(cluster().Restart(victim), IsOk());
  ASSERT_THAT(cluster().WaitForHealth("green", kNodes), IsOk());
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
  cluster().Suspend(hanging);
  absl::StatusOr<Candidates> found;
  do {
    CandidateQuery query = Words("aspirin");
    query.deadline = absl::Now() + absl::Seconds(1);
    found = engine->Search(*view, query);
    EXPECT_LT(absl::Now(), query.deadline + absl::Seconds(5));
    EXPECT_THAT(found.status(), AnyOf(IsOk(), StatusIs(absl::StatusCode::kDeadlineExceeded)));
  } while (!found.ok());
  EXPECT_THAT(found->lexical, SizeIs(1));
  cluster().Resume(hanging);
}

TEST_F(ClusterFaultsTest, ANodeThatHasLostTheOthersIsNotTakenForTheCluster) {
  config_.mutable_cluster()->set_timeout_ms(2'000);
  PublishText("aspirin");
  const size_t alone = (NodeOfManager() + 1) % kNodes;
  config::IndexConfig of_one = config_;
  of_one.mutable_cluster()->clear_urls();
  of_one.mutable_cluster()->add_urls(cluster().urls()[alone]);
  const Engine of_all = Serve();
  const auto engine = TryServe(of_one, TempFolder());
  ASSERT_THAT(engine, IsOk());
  for (size_t node = 0; node < kNodes; ++node) {
    if (node != alone) cluster().Suspend(node);
  }
  for (ClusterEngine* each : {engine->get(), of_all.get()}) {
    absl::Status followed;
    do {
      followed = each->Follow();
    } while (followed.ok());
    EXPECT_THAT(followed,
                AnyOf(StatusIs(absl::StatusCode::kUnavailable), StatusIs(absl::StatusCode::kDeadlineExceeded)));
  }
  for (size_t node = 0; node < kNodes; ++node) {
    if (node != alone) cluster().Resume(node);
  }
  ASSERT_THAT(cluster().WaitForHealth("green", kNodes), IsOk());
  EXPECT_THAT((*engine)->Follow(), IsOk());
  EXPECT_THAT(of_all->Follow(), IsOk());
}

// The last one, for no node is left.
TEST_F(ClusterFaultsTest, AFullDiskEndsAPublicationAndWhatServedGoesOn) {
  PublishText("aspirin");
  const Engine engine = Serve();
  const auto block = [this](const Json& is_full) {
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

TEST_F(ClusterFaultsTest, OnlyWhoIsKnownAndWhomOneTrustsIsTalkedTo) {
  PublishText("aspirin");
  const auto front = SecuredFront::Start(cluster().urls()[0], "bedside", "opensesame");
  const auto another = SecuredFront::Start(cluster().urls()[0], "bedside", "opensesame");
  ASSERT_THAT(front, IsOk());
  ASSERT_THAT(another, IsOk());
  config::IndexConfig config = config_;
  config.mutable_cluster()->clear_urls();
  config.mutable_cluster()->add_urls((*front)->url());
  config.mutable_cluster()->set_ca_file((*front)->authority_file());
  config.mutable_cluster()->set_credentials_file(WriteFile(TempFolder(), "right", "bedside:opensesame"));
  EXPECT_THAT(TryServe(config, TempFolder()), IsOk());

  config.mutable_cluster()->set_ca_file((*another)->authority_file());
  const auto wary = TryServe(config, TempFolder());
  ASSERT_THAT(wary, IsOk()) << "it may have its certificate soon";
  EXPECT_THAT((*wary)->View("c"), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("certificate")));

  config.mutable_cluster()->set_ca_file((*front)->authority_file());
  config.mutable_cluster()->set_credentials_file(WriteFile(TempFolder(), "wrong", "bedside:closedsesame"));
  const auto refused =
      StatusIs(absl::StatusCode::kFailedPrecondition, AllOf(HasSubstr("credentials_file"), Not(HasSubstr("sesame"))));
  EXPECT_THAT(TryServe(config, TempFolder()), refused);
  EXPECT_THAT((*ClusterPublisher::Create(store_.get(), config))->Pull(), refused);
}

// The last one: the next would wait for nodes that find no majority.
TEST_F(ClusterFaultsTest, WithoutAnyNodeNothingIsAnsweredOnceRetractionsMayBeMissing) {
  PublishText("aspirin");
  absl::Time now = absl::Now();
  const Engine engine = Serve([&now] { return now; });
  const auto view = *engine->View("c");
  for (size_t node = 0; node < kNodes; ++node) cluster().Kill(node);
  const auto is_gone = StatusIs(absl::StatusCode::kUnavailable, HasSubstr(cluster().urls()[0]));
  EXPECT_THAT(engine->Follow(), is_gone);
  EXPECT_THAT(engine->Search(*view, Words("aspirin")), is_gone);
  EXPECT_THAT(Retract(engine.get(), "a"), is_gone);
  EXPECT_THAT(engine->View("c"), IsOk());
  now += kMaxLag + absl::Milliseconds(1);
  const auto is_stale = StatusIs(absl::StatusCode::kUnavailable, HasSubstr("retracted"));
  EXPECT_THAT(engine->View("c"), is_stale);
  EXPECT_THAT(engine->IsDeleted("c", "a"), is_stale);
  EXPECT_THAT(engine->ReadVersions("c", {{"a", "v"}}), is_stale);
  EXPECT_THAT(Publisher()->Publish(Publish({TextDocument("w", "warfarin")})), is_gone);
  EXPECT_THAT(Serve()->View("c"), is_gone);
}

}  // namespace
}  // namespace bedside
