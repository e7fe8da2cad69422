#include "absl/strings/str_cat.h"
#include "index/cluster/cluster_engine.h"
#include "index/cluster/cluster_publisher.h"
#include "tests/cluster/shared_cluster.h"
#include "tests/index/engine/evidence_engine_contract.h"

namespace bedside {
namespace {

class ClusterEngineUnderTest : public EngineUnderTest {
 public:
  ClusterEngineUnderTest() {
    static int tests = 0;
    cluster_.add_urls(SharedCluster().urls()[0]);
    cluster_.set_prefix(absl::StrCat("test", ++tests));
    cluster_.set_vector_engine(config::CLUSTER_VECTOR_ENGINE_LUCENE);
    cluster_.set_replicas(0);
    cluster_.set_shards(2);
  }

  std::string Publish(EvidenceStore* store, const storage::Manifest& manifest) override {
    config::IndexConfig config;
    *config.mutable_cluster() = cluster_;
    const auto publisher = ClusterPublisher::Create(store, config);
    EXPECT_THAT(publisher, IsOk());
    const auto name = (*publisher)->Publish(manifest);
    EXPECT_THAT(name, IsOk());
    return *name;
  }

  absl::StatusOr<std::unique_ptr<EvidenceEngine>> Start(EvidenceStore* /*store*/, const config::IndexConfig& config,
                                                        const std::string& embedder_id) override {
    config::IndexConfig of_server = config;
    *of_server.mutable_cluster() = cluster_;
    of_server.set_store_path(cache_);
    return ClusterEngine::Create(of_server, embedder_id);
  }

 private:
  config::ClusterConfig cluster_;
  const std::string cache_ = TempFolder();
};

INSTANTIATE_TEST_SUITE_P(Cluster, EvidenceEngineContract,
                         ::testing::Values(EngineMaker([] { return std::make_unique<ClusterEngineUnderTest>(); })));

}  // namespace
}  // namespace bedside
