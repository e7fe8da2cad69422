// Against a real node, with a clock of the test.
#include "index/cluster/shard_leases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/cluster/shared_cluster.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Step = ShardTask::Step;

constexpr MeanFieldLengths kMeans = {3, 2, 80, 4};

// What came of a shard with documents, told apart by `passages`.
storage::Manifest Result(uint64_t passages) {
  storage::Manifest result;
  storage::SegmentManifest& segment = *result.add_segments();
  segment.set_documents(1);
  segment.set_passages(passages);
  for (const double mean : kMeans) segment.add_mean_field_lengths(mean);
  return result;
}

class ShardLeasesTest : public ::testing::Test {
 protected:
  ShardLeasesTest() {
    static int jobs = 0;
    config_.add_urls(SharedCluster().urls()[0]);
    config_.set_replicas(0);
    auto client = ClusterClient::Create(config_);
    EXPECT_THAT(client, IsOk());
    client_ = *std::move(client);
    job_.corpus = "c";
    job_.name = absl::StrCat("job-", ++jobs);
    job_.shards = 3;
    job_.terms = {{"sources", "a b"}};
    job_.means = kMeans;
  }

  absl::StatusOr<std::unique_ptr<ShardLeases>> TryJoin(const std::string& owner) {
    return ShardLeases::Join(client_.get(), config_, job_, owner, [this] { return now_; });
  }

  std::unique_ptr<ShardLeases> Join(const std::string& owner) {
    auto leases = TryJoin(owner);
    EXPECT_THAT(leases, IsOk());
    return *std::move(leases);
  }

  static ShardTask Take(ShardLeases* leases, const std::set<uint32_t>& known = {}) {
    const auto task = leases->Take(known);
    EXPECT_THAT(task, IsOk());
    return task.value_or(ShardTask());
  }

  void Pass(absl::Duration time) { now_ += time; }

  config::ClusterConfig config_;
  std::unique_ptr<ClusterClient> client_;
  ShardJob job_;
  absl::Time now_ = absl::FromUnixSeconds(1'000'000);
};

TEST_F(ShardLeasesTest, EachShardIsOneWorkersThenOneOfThemPublishes) {
  const auto a = Join("a");
  const auto b = Join("b");
  const ShardTask first = Take(a.get());
  const ShardTask second = Take(b.get());
  EXPECT_EQ(first.step, Step::kBuild);
  EXPECT_EQ(first.shard, 0);
  EXPECT_EQ(first.means, kMeans);
  EXPECT_EQ(second.shard, 1);
  ASSERT_THAT(a->Finish(first, Result(10)), IsOk());
  const ShardTask third = Take(a.get());
  EXPECT_EQ(third.shard, 2);
  ASSERT_THAT(b->Finish(second, Result(20)), IsOk());
  EXPECT_EQ(Take(b.get()).step, Step::kWait);
  EXPECT_THAT(a->Results(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("shard-2")));
  ASSERT_THAT(a->Finish(third, Result(30)), IsOk());

  const ShardTask publication = Take(b.get());
  EXPECT_EQ(publication.step, Step::kPublish);
  EXPECT_EQ(Take(a.get()).step, Step::kWait);
  const auto results = b->Results();
  ASSERT_THAT(results, IsOk());
  std::vector<uint64_t> passages;
  for (const storage::Manifest& result : *results) passages.push_back(result.segments(0).passages());
  EXPECT_THAT(passages, ElementsAre(10, 20, 30));
  EXPECT_THAT(a->Published(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("was not published")));

  storage::Manifest published;
  published.set_generation("g00000007");
  const std::string index = absl::StrCat("bedside.c.job.", job_.name);
  EXPECT_FALSE(*ShardLeases::IsPublished(*client_, index));
  ASSERT_THAT(b->Finish(publication, published), IsOk());
  EXPECT_TRUE(*ShardLeases::IsPublished(*client_, index));
  EXPECT_EQ(Take(a.get()).step, Step::kNothing);
  EXPECT_EQ(Take(Join("c").get()).step, Step::kNothing);
  EXPECT_EQ(a->Published()->generation(), "g00000007");
}

TEST_F(ShardLeasesTest, ShardsThatAWorkerKnowsComeFirstAndOthersOnceAllIsQuiet) {
  const auto a = Join("a");
  const auto b = Join("b");
  const ShardTask known = Take(a.get(), {2});
  EXPECT_EQ(known.shard, 2);
  ASSERT_THAT(a->Finish(known, Result(1)), IsOk());
  EXPECT_EQ(Take(a.get(), {2}).step, Step::kWait);
  Pass(job_.lease / 2);
  const ShardTask of_b = Take(b.get(), {0, 1});
  EXPECT_EQ(of_b.shard, 0);
  ASSERT_THAT(b->Finish(of_b, Result(2)), IsOk());
  EXPECT_EQ(Take(a.get(), {2}).step, Step::kWait);
  Pass(job_.lease / 2);
  EXPECT_EQ(Take(a.get(), {2}).step, Step::kWait) << "b took one since";
  Pass(job_.lease / 2);
  const ShardTask left = Take(a.get(), {2});
  EXPECT_EQ(left.step, Step::kBuild);
  EXPECT_EQ(left.shard, 1);
  ASSERT_THAT(a->Finish(left, Result(3)), IsOk());
  EXPECT_EQ(Take(a.get(), {2}).step, Step::kPublish);
}

TEST_F(ShardLeasesTest, WhoFoundAllQuietOnceWaitsNoMore) {
  const auto a = Join("a");
  EXPECT_EQ(Take(a.get(), {7}).step, Step::kWait);
  Pass(job_.lease);
  for (uint32_t shard = 0; shard < job_.shards; ++shard) {
    const ShardTask task = Take(a.get(), {7});
    EXPECT_EQ(task.step, Step::kBuild);
    EXPECT_EQ(task.shard, shard);
    ASSERT_THAT(a->Finish(task, Result(1)), IsOk());
  }
}

TEST_F(ShardLeasesTest, TheShardOfASilentWorkerIsTakenOverAfterALeaseByWhoDoesNotKnowItToo) {
  const auto a = Join("a");
  const auto b = Join("b");
  EXPECT_EQ(Take(b.get()).shard, 0);
  EXPECT_EQ(Take(a.get(), {7}).step, Step::kWait);
  Pass(job_.lease);
  const ShardTask over = Take(a.get(), {7});
  EXPECT_EQ(over.step, Step::kBuild);
  EXPECT_EQ(over.shard, 0);
}

TEST_F(ShardLeasesTest, WhatAWorkerHasItIsGivenAgainAlsoWhereItKnowsOthers) {
  const auto a = Join("a");
  EXPECT_EQ(Take(a.get()).step, Step::kBuild);
  EXPECT_EQ(Take(a.get(), {7}).step, Step::kBuild);
}

TEST_F(ShardLeasesTest, TheShardOfAWorkerThatFellSilentIsTakenOver) {
  job_.shards = 1;
  const auto dead = Join("dead");
  const ShardTask lost = Take(dead.get());
  const auto heir = Join("heir");
  EXPECT_EQ(Take(heir.get()).step, Step::kWait);
  Pass(job_.lease - absl::Seconds(1));
  EXPECT_EQ(Take(heir.get()).step, Step::kWait);
  Pass(absl::Seconds(1));
  const ShardTask taken = Take(heir.get());
  EXPECT_EQ(taken.step, Step::kBuild);
  EXPECT_EQ(taken.shard, 0);

  // The first was only slow.
  EXPECT_THAT(dead->Renew(lost), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(dead->Finish(lost, Result(1)), StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(Take(dead.get()).step, Step::kWait);
  ASSERT_THAT(heir->Finish(taken, Result(2)), IsOk());
  EXPECT_THAT(dead->Finish(lost, Result(1)), StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ((*heir->Results())[0].segments(0).passages(), 2);
}

TEST_F(ShardLeasesTest, APublicationIsTakenOverToo) {
  job_.shards = 1;
  const auto dead = Join("dead");
  ASSERT_THAT(dead->Finish(Take(dead.get()), Result(1)), IsOk());
  const ShardTask lost = Take(dead.get());
  ASSERT_EQ(lost.step, Step::kPublish);
  const auto heir = Join("heir");
  EXPECT_EQ(Take(heir.get()).step, Step::kWait);
  Pass(job_.lease);
  EXPECT_EQ(Take(heir.get()).step, Step::kPublish);
  EXPECT_THAT(dead->Finish(lost, {}), StatusIs(absl::StatusCode::kAborted));
}

TEST_F(ShardLeasesTest, ALeaseThatIsRenewedIsNeverTakenOver) {
  job_.shards = 1;
  const auto worker = Join("worker");
  const ShardTask task = Take(worker.get());
  const auto other = Join("other");
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Take(other.get()).step, Step::kWait);
    ASSERT_THAT(worker->Renew(task), IsOk());
    Pass(job_.lease);
  }
  EXPECT_EQ(Take(other.get()).step, Step::kWait);
}

TEST_F(ShardLeasesTest, AWorkerThatIsLateButWasNotTakenOverGoesOn) {
  const auto worker = Join("worker");
  const ShardTask task = Take(worker.get());
  Pass(10 * job_.lease);
  EXPECT_THAT(worker->Renew(task), IsOk());
  EXPECT_THAT(worker->Finish(task, Result(1)), IsOk());
}

// As where the answer to its last request was lost.
TEST_F(ShardLeasesTest, WhatAWorkerHasItIsGivenAgain) {
  const auto worker = Join("worker");
  EXPECT_EQ(Take(worker.get()).shard, 0);
  EXPECT_EQ(Take(worker.get()).shard, 0);
}

TEST_F(ShardLeasesTest, WithoutMeansTheFirstShardWithDocumentsSetsThem) {
  job_.means = {};
  const auto a = Join("a");
  const auto b = Join("b");
  const ShardTask first = Take(a.get());
  EXPECT_EQ(first.means, MeanFieldLengths{});
  EXPECT_EQ(Take(b.get()).step, Step::kWait);
  ASSERT_THAT(a->Finish(first, {}), IsOk());
  const ShardTask second = Take(b.get());
  EXPECT_EQ(second.shard, 1);
  EXPECT_EQ(second.means, MeanFieldLengths{});
  EXPECT_EQ(Take(a.get()).step, Step::kWait);
  ASSERT_THAT(b->Finish(second, Result(1)), IsOk());
  const ShardTask third = Take(a.get());
  EXPECT_EQ(third.shard, 2);
  EXPECT_EQ(third.means, kMeans);
}

TEST_F(ShardLeasesTest, WhoComesAtOnceGetsAShardOfItsOwn) {
  job_.shards = 8;
  std::vector<std::atomic<int>> taken(job_.shards);
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i) {
    workers.emplace_back([&, i] {
      const auto leases = TryJoin(absl::StrCat("worker-", i));
      ASSERT_THAT(leases, IsOk());
      for (;;) {
        const auto task = (*leases)->Take();
        ASSERT_THAT(task, IsOk());
        if (task->step != Step::kBuild) break;
        ++taken[task->shard];
        ASSERT_THAT((*leases)->Finish(*task, Result(task->shard)), IsOk());
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  for (const std::atomic<int>& times : taken) EXPECT_EQ(times, 1);
}

TEST_F(ShardLeasesTest, AWorkerWithSomethingElseInCommonIsTurnedAway) {
  const auto first = Join("first");
  job_.shards = 4;
  EXPECT_THAT(TryJoin("other"),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("was begun with shards 3, this worker has 4")));
  job_.shards = 3;
  job_.terms["sources"] = "a c";
  EXPECT_THAT(TryJoin("other"),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("with sources a b, this worker has a c")));
  job_.terms["sources"] = "a b";
  job_.lease = absl::Seconds(5);
  EXPECT_EQ(Join("other")->job().lease, absl::Minutes(1));
}

TEST_F(ShardLeasesTest, WhatIsNoResultIsSaid) {
  const auto worker = Join("worker");
  ASSERT_THAT(
      client_->Put(absl::StrCat("/bedside.c.job.", job_.name, "/_doc/shard-1"), {{"owner", "worker"}, {"result", "?"}}),
      IsOk());
  EXPECT_THAT(worker->Take(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("shard-1")));
}

}  // namespace
}  // namespace bedside
