#include "tests/cluster/open_search_cluster.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/fakes/http_client.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using Json = nlohmann::json;

constexpr long kPatienceMs = 60'000;

HttpReply Send(const std::string& verb, const std::string& url, const Json& body = {}, long timeout_ms = kPatienceMs) {
  return SendJson(verb, url, body.is_null() ? "" : body.dump(), timeout_ms);
}

// Features of terms and a vector, in two shards that each lie on two nodes.
const Json& PassageIndex() {
  static const Json* const index = new Json(Json::parse(R"({
    "settings": {"index": {"knn": true, "number_of_shards": 2, "number_of_replicas": 1,
                           "unassigned.node_left.delayed_timeout": "0s"}},
    "mappings": {"properties": {
      "terms": {"type": "rank_features"},
      "vector": {"type": "knn_vector", "dimension": 2,
                 "method": {"name": "hnsw", "engine": "lucene", "space_type": "innerproduct"}}}}})"));
  return *index;
}

const Json& ByTerm() {
  static const Json* const query =
      new Json(Json::parse(R"({"query": {"rank_feature": {"field": "terms.metformin", "linear": {}}}})"));
  return *query;
}

const Json& ByVector() {
  static const Json* const query =
      new Json(Json::parse(R"({"query": {"knn": {"vector": {"vector": [0.6, 0.8], "k": 1}}}})"));
  return *query;
}

// Whether all shards answer, and the one passage is found.
void ExpectFinds(const std::string& url, const Json& query) {
  const HttpReply reply = Send("POST", absl::StrCat(url, "/passages/_search"), query);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Json found = Json::parse(reply.body);
  EXPECT_EQ(found["_shards"]["failed"], 0) << reply.body;
  ASSERT_THAT(found["hits"]["hits"], SizeIs(1)) << reply.body;
  EXPECT_EQ(found["hits"]["hits"][0]["_id"], "metformin");
}

TEST(OpenSearchClusterTest, AnIndexSurvivesTheLossOfANodeAndIsWholeAgainWithIt) {
  const auto started = OpenSearchCluster::Start(3);
  ASSERT_THAT(started, IsOk());
  OpenSearchCluster& cluster = **started;
  ASSERT_THAT(cluster.urls(), SizeIs(3));
  ASSERT_EQ(Send("PUT", absl::StrCat(cluster.urls()[0], "/passages"), PassageIndex()).status, 200);
  ASSERT_EQ(Send("PUT", absl::StrCat(cluster.urls()[1], "/passages/_doc/metformin?refresh=true"),
                 {{"terms", {{"metformin", 2.5}}}, {"vector", {0.6, 0.8}}})
                .status,
            201);
  ASSERT_THAT(cluster.WaitForHealth("green", 3), IsOk());
  ExpectFinds(cluster.urls()[2], ByTerm());
  ExpectFinds(cluster.urls()[2], ByVector());

  cluster.Kill(0);
  EXPECT_EQ(Send("GET", cluster.urls()[0]).status, 0);
  ASSERT_THAT(cluster.WaitForHealth("yellow", 2), IsOk());
  ExpectFinds(cluster.urls()[1], ByTerm());
  ExpectFinds(cluster.urls()[2], ByVector());

  ASSERT_THAT(cluster.Restart(0), IsOk());
  ASSERT_THAT(cluster.WaitForHealth("green", 3), IsOk());
  ExpectFinds(cluster.urls()[0], ByTerm());
  ExpectFinds(cluster.urls()[0], ByVector());
}

TEST(OpenSearchClusterTest, ASuspendedNodeAnswersOnceItIsResumed) {
  const auto started = OpenSearchCluster::Start(1, {{"cluster.name", "of-one"}});
  ASSERT_THAT(started, IsOk());
  OpenSearchCluster& cluster = **started;
  EXPECT_EQ(Json::parse(HttpGet(cluster.urls()[0]))["cluster_name"], "of-one");
  cluster.Suspend(0);
  EXPECT_EQ(Send("GET", cluster.urls()[0], {}, /*timeout_ms=*/1000).status, 0);
  cluster.Resume(0);
  EXPECT_EQ(Send("GET", cluster.urls()[0]).status, 200);
}

TEST(OpenSearchClusterTest, ASuspendedNodeAndAKilledOneCanBeRestarted) {
  const auto started = OpenSearchCluster::Start(1);
  ASSERT_THAT(started, IsOk());
  OpenSearchCluster& cluster = **started;
  ASSERT_EQ(Send("PUT", absl::StrCat(cluster.urls()[0], "/passages/_doc/1"), {{"kept", true}}).status, 201);
  cluster.Suspend(0);
  ASSERT_THAT(cluster.Restart(0), IsOk());
  cluster.Kill(0);
  ASSERT_THAT(cluster.Restart(0), IsOk());
  ASSERT_THAT(cluster.WaitForHealth("yellow", 1), IsOk());
  EXPECT_EQ(Send("GET", absl::StrCat(cluster.urls()[0], "/passages/_doc/1")).status, 200);
}

TEST(OpenSearchClusterTest, ItsNodesEndWithTheProcessThatStartedThemHoweverThatEnds) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  const pid_t starter = fork();
  if (starter == 0) {
    const auto started = OpenSearchCluster::Start(1);
    const std::string url = started.ok() ? (*started)->urls()[0] : "";
    if (write(ends[1], url.data(), url.size()) < 0) _exit(1);
    close(ends[1]);
    pause();
  }
  close(ends[1]);
  char url[100] = {};
  ASSERT_GT(read(ends[0], url, sizeof(url) - 1), 0);
  close(ends[0]);
  EXPECT_EQ(Send("GET", url).status, 200);
  kill(starter, SIGKILL);
  waitpid(starter, nullptr, 0);
  while (Send("GET", url, {}, /*timeout_ms=*/1000).status != 0) absl::SleepFor(absl::Milliseconds(100));
}

TEST(OpenSearchClusterTest, SaysWhyANodeDoesNotStart) {
  EXPECT_THAT(OpenSearchCluster::Start(1, {{"no.such.setting", "1"}}),
              StatusIs(absl::StatusCode::kInternal,
                       AllOf(HasSubstr("node-0 of 1"), HasSubstr("unknown setting [no.such.setting]"))));
}

}  // namespace
}  // namespace bedside
