#include "index/cluster/cluster_sweeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "tests/fakes/scripted_http_server.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;

constexpr char kPublished[] = R"({"found":true,"_source":{"owner":"a","result":""}})";
constexpr char kLeased[] = R"({"found":true,"_source":{"owner":"a"}})";

class ClusterSweeperTest : public ::testing::Test {
 protected:
  // Of a corpus without generations: all indexes, then what the publications of its jobs are, then none, and no alias.
  std::vector<std::string> RemovedOf(const std::string& indexes, const std::vector<std::string>& publications) {
    std::vector<std::pair<int, std::string>> answers = {{200, indexes}};
    for (const std::string& publication : publications) answers.emplace_back(200, publication);
    answers.insert(answers.end(), {{200, "[]"}, {404, "{}"}, {200, "{}"}});
    node_.Answer(answers);
    config::IndexConfig config;
    config.mutable_cluster()->add_urls(node_.url());
    const auto client = ClusterClient::Create(config.cluster());
    EXPECT_THAT(client, IsOk());
    EXPECT_THAT(ClusterSweeper(client->get(), config).Sweep("c", "g00000001", absl::nullopt), IsOk());
    std::vector<std::string> removed;
    for (const auto& request : node_.requests()) {
      if (absl::StartsWith(request.line, "DELETE")) removed.push_back(request.line);
    }
    return removed;
  }

  ScriptedHttpServer node_;
};

TEST_F(ClusterSweeperTest, RemovesJobsThatWerePublishedAndNothingThatIsYoungerThanOneThatWasNot) {
  EXPECT_THAT(RemovedOf(R"([{"index":"bedside.c.job.begun","creation.date":"3000"},
                            {"index":"bedside.c.job.over","creation.date":"1000"},
                            {"index":"bedside.c.segment.a","creation.date":"2000"},
                            {"index":"bedside.c.segment.b","creation.date":"4000"}])",
                        {kLeased, kPublished}),
              ElementsAre("DELETE /bedside.c.job.over", "DELETE /bedside.c.segment.a"));
}

TEST_F(ClusterSweeperTest, LeavesWhatIsNotOurs) {
  EXPECT_THAT(RemovedOf(R"([{"index":"bedside.c.generation.g00000001","creation.date":"2000"},
                            {"index":"bedside.c.notes","creation.date":"1000"},
                            {"index":"bedside.c.segment.a","creation.date":"9999999999999"}])",
                        {}),
              ElementsAre("DELETE /bedside.c.generation.g00000001"));
}

}  // namespace
}  // namespace bedside
