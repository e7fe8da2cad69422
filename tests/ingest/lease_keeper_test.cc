// Against a real node.
#include "ingest/lease_keeper.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "tests/cluster/open_search_cluster.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

constexpr char kShard[] = "/bedside.c.job.j/_doc/shard-0";

TEST(LeaseKeeperTest, RenewsUntilSomebodyElseHasTheShard) {
  const auto cluster = OpenSearchCluster::Start(1);
  ASSERT_THAT(cluster, IsOk());
  config::ClusterConfig config;
  config.add_urls((*cluster)->urls()[0]);
  config.set_replicas(0);
  const auto client = ClusterClient::Create(config);
  ASSERT_THAT(client, IsOk());
  ShardJob job = {"c", "j", 1, absl::Seconds(1)};
  const auto leases = ShardLeases::Join(client->get(), config, job, "worker");
  ASSERT_THAT(leases, IsOk());
  const auto task = (*leases)->Take();
  ASSERT_THAT(task, IsOk());
  const auto version = [&] { return (*client)->Get(kShard)->at("_version").get<int64_t>(); };
  {
    const LeaseKeeper keeper(leases->get(), *task);
    while (version() < 3) absl::SleepFor(absl::Milliseconds(50));
    EXPECT_FALSE(keeper.is_lost());
    ASSERT_THAT((*client)->Put(kShard, {{"owner", "heir"}}), IsOk());
    while (!keeper.is_lost()) absl::SleepFor(absl::Milliseconds(50));
  }
  EXPECT_EQ((*client)->Get(kShard)->at("_source").at("owner"), "heir");
}

}  // namespace
}  // namespace bedside
