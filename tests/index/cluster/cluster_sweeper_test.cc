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

using Answers = std::vector<std::pair<int, std::string>>;

constexpr char kServing[] = R"({"bedside.c.generation.g00000009":{"aliases":{"bedside.c.active":{}}}})";
constexpr char kOtherServing[] = R"({"bedside.c.generation.g00000008":{"aliases":{"bedside.c.active":{}}}})";
constexpr char kGenerations[] = R"([{"index":"bedside.c.generation.g00000009"}])";
constexpr char kOneMore[] =
    R"([{"index":"bedside.c.generation.g00000009"},{"index":"bedside.c.generation.g00000010"}])";
// Without segments.
constexpr char kManifest[] = R"({"_source":{"record":"CglnMDAwMDAwMDk="}})";

class ClusterSweeperTest : public ::testing::Test {
 protected:
  // Of a corpus with one generation: all indexes, then what the publications of its jobs are, then what serves and
  // the generation, and that what is looked at before each removal.
  std::vector<std::string> RemovedOf(const std::string& indexes, const std::vector<std::string>& publications,
                                     const Answers& looks) {
    Answers answers = {{200, indexes}};
    for (const std::string& publication : publications) answers.emplace_back(200, publication);
    answers.insert(answers.end(), {{200, kServing}, {200, kGenerations}, {200, kGenerations}, {200, kManifest}});
    answers.insert(answers.end(), looks.begin(), looks.end());
    node_.Answer(answers);
    const size_t earlier = node_.requests().size();
    config::IndexConfig config;
    config.mutable_cluster()->add_urls(node_.url());
    const auto client = ClusterClient::Create(config.cluster());
    EXPECT_THAT(client, IsOk());
    EXPECT_THAT(ClusterSweeper(client->get(), config).Sweep("c", "g00000009", absl::nullopt), IsOk());
    std::vector<std::string> removed;
    const auto requests = node_.requests();
    for (size_t i = earlier; i < requests.size(); ++i) {
      if (absl::StartsWith(requests[i].line, "DELETE")) removed.push_back(requests[i].line);
    }
    return removed;
  }

  // One removal, before which all is as it was.
  static Answers Unchanged(size_t times) {
    Answers answers;
    for (size_t i = 0; i < times; ++i) {
      answers.insert(answers.end(), {{200, kServing}, {200, kGenerations}, {200, "{}"}});
    }
    return answers;
  }

  ScriptedHttpServer node_;
};

TEST_F(ClusterSweeperTest, RemovesJobsThatWerePublishedAndNothingThatIsYoungerThanOneThatWasNot) {
  EXPECT_THAT(RemovedOf(R"([{"index":"bedside.c.job.begun","creation.date":"3000"},
                            {"index":"bedside.c.job.over","creation.date":"1000"},
                            {"index":"bedside.c.segment.a","creation.date":"2000"},
                            {"index":"bedside.c.segment.b","creation.date":"4000"}])",
                        {kLeased, kPublished}, Unchanged(2)),
              ElementsAre("DELETE /bedside.c.job.over", "DELETE /bedside.c.segment.a"));
}

TEST_F(ClusterSweeperTest, LeavesWhatIsNotOurs) {
  EXPECT_THAT(RemovedOf(R"([{"index":"bedside.c.generation.g00000001","creation.date":"2000"},
                            {"index":"bedside.c.notes","creation.date":"1000"},
                            {"index":"bedside.c.segment.a","creation.date":"9999999999999"}])",
                        {}, Unchanged(1)),
              ElementsAre("DELETE /bedside.c.generation.g00000001"));
}

TEST_F(ClusterSweeperTest, LeavesTheRestWhereAnotherGenerationComesOrServesMeanwhile) {
  const std::string indexes = R"([{"index":"bedside.c.segment.a","creation.date":"1000"},
                                  {"index":"bedside.c.segment.b","creation.date":"1000"}])";
  for (const Answers& then : {Answers{{200, kOtherServing}, {200, kGenerations}},
                              Answers{{200, kServing}, {200, kOneMore}}, Answers{{404, "{}"}, {200, kGenerations}}}) {
    Answers looks = Unchanged(1);
    looks.insert(looks.end(), then.begin(), then.end());
    EXPECT_THAT(RemovedOf(indexes, {}, looks), ElementsAre("DELETE /bedside.c.segment.a"));
  }
}

}  // namespace
}  // namespace bedside
