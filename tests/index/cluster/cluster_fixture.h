// A cluster of OpenSearch, one for all tests of the process, each of which has names of its own in it; and what is
// published to it from the store of GenerationFixture, and served from it.
#ifndef BEDSIDE_TESTS_INDEX_CLUSTER_CLUSTER_FIXTURE_H_
#define BEDSIDE_TESTS_INDEX_CLUSTER_CLUSTER_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/cluster/cluster_engine.h"
#include "index/cluster/cluster_publisher.h"
#include "tests/cluster/open_search_cluster.h"
#include "tests/fakes/http_client.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {

class ClusterFixture : public GenerationFixture {
 protected:
  using Engine = std::unique_ptr<ClusterEngine>;

  static constexpr absl::Duration kMaxLag = absl::Seconds(30);

  // REQUIRES: the same number of nodes in all tests of a process
  explicit ClusterFixture(size_t nodes) : nodes_(nodes) {}

  // A node that hangs is dropped soon.
  OpenSearchCluster& cluster() const {
    static const auto& cluster = *new absl::StatusOr<std::unique_ptr<OpenSearchCluster>>(
        OpenSearchCluster::Start(nodes_, {{"cluster.fault_detection.follower_check.timeout", "1s"},
                                          {"cluster.fault_detection.follower_check.retry_count", "1"},
                                          {"cluster.fault_detection.leader_check.timeout", "1s"},
                                          {"cluster.fault_detection.leader_check.retry_count", "1"},
                                          {"cluster.publish.timeout", "1s"}}));
    EXPECT_THAT(cluster, IsOk());
    return **cluster;
  }

  void SetUp() override {
    GenerationFixture::SetUp();
    static int tests = 0;
    for (const std::string& url : cluster().urls()) config_.mutable_cluster()->add_urls(url);
    config_.mutable_cluster()->set_prefix(absl::StrCat("test", ++tests));
    config_.mutable_cluster()->set_vector_engine(config::CLUSTER_VECTOR_ENGINE_LUCENE);
    config_.mutable_cluster()->set_shards(static_cast<uint32_t>(nodes_));
    config_.mutable_cluster()->set_replicas(nodes_ == 1 ? 0 : 1);
    config_.mutable_cluster()->set_max_lag_ms(static_cast<uint32_t>(absl::ToInt64Milliseconds(kMaxLag)));
    for (size_t node = 0; node < nodes_; ++node) {
      if (Ask(node, "GET", "/").status == 0) ASSERT_THAT(cluster().Restart(node), IsOk());
    }
    ASSERT_THAT(cluster().WaitForHealth("green", nodes_), IsOk());
  }

  // Leaves nothing that the next test waits for.
  void TearDown() override {
    for (size_t node = 0; node < nodes_; ++node) {
      for (const nlohmann::json& index :
           nlohmann::json::parse(Ask(node, "GET", "/_cat/indices?format=json&h=index").body, nullptr, false)) {
        if (index.is_object()) Ask(node, "DELETE", absl::StrCat("/", index["index"].get<std::string>()));
      }
    }
  }

  HttpReply Ask(size_t node, const std::string& verb, const std::string& path, const nlohmann::json& body = {}) {
    return SendJson(verb, cluster().urls()[node] + path, body.is_null() ? "" : body.dump());
  }

  size_t NodeOfManager() {
    const std::string name = Ask(0, "GET", "/_cat/cluster_manager?h=node").body;
    for (size_t node = 0; node < nodes_; ++node) {
      if (absl::StrContains(name, absl::StrCat("node-", node))) return node;
    }
    ADD_FAILURE() << name;
    return 0;
  }

  // The indexes of segments that the test has made.
  std::vector<std::string> SegmentIndexes() {
    const std::string path =
        absl::StrCat("/_cat/indices/", config_.cluster().prefix(), ".c.segment.*?format=json&h=index");
    std::vector<std::string> indexes;
    for (const nlohmann::json& index : nlohmann::json::parse(Ask(0, "GET", path).body)) {
      indexes.push_back(index["index"].get<std::string>());
    }
    return indexes;
  }

  // Of the one that there is.
  std::string SegmentIndex() {
    const std::vector<std::string> indexes = SegmentIndexes();
    EXPECT_THAT(indexes, ::testing::SizeIs(1));
    return indexes.empty() ? "" : indexes[0];
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

  const size_t nodes_;
  config::IndexConfig config_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_CLUSTER_CLUSTER_FIXTURE_H_
