// A server whose passages are in a cluster, as its clients see it, before a real node.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/cluster/cluster_publisher.h"
#include "index/store/evidence_store.h"
#include "tests/cluster/open_search_cluster.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using grpc::StatusCode;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kQuestion[] = "metformin eGFR below 30";

class ClusterServiceTest : public ServiceFixture {
 protected:
  // One for all tests, each of which has names of its own in it.
  static OpenSearchCluster& Cluster() {
    static const auto& cluster = *new absl::StatusOr<std::unique_ptr<OpenSearchCluster>>(OpenSearchCluster::Start(1));
    EXPECT_THAT(cluster, IsOk());
    return **cluster;
  }

  // What a store has built, and a server over it finds, is in the cluster, and a server over that runs.
  void SetUp() override {
    ServiceFixture::SetUp();
    Start();
    ImportAll();
    found_before_ = Found(Question(kQuestion));
    Stop();
    static int tests = 0;
    config::ClusterConfig& cluster = *config_.mutable_index()->mutable_cluster();
    cluster.add_urls(Cluster().urls()[0]);
    cluster.set_prefix(absl::StrCat("test", ++tests));
    cluster.set_replicas(0);
    cluster.set_poll_ms(100);
    cluster.set_max_lag_ms(2000);
    Publish();
    config_.mutable_index()->set_store_path(TempFolder());
    Start();
  }

  void Publish() {
    const auto store = EvidenceStore::Open(store_path_, Database::Access::kReadWrite);
    ASSERT_THAT(store, IsOk());
    const std::string active = **(*store)->manifests().Current("default");
    const auto publisher = ClusterPublisher::Create(store->get(), config_.index());
    ASSERT_THAT(publisher, IsOk());
    ASSERT_THAT((*publisher)->Publish(*(*store)->manifests().Get("default", active)), IsOk());
  }

  bool BecomesReady(bool ready) {
    for (const absl::Time end = absl::Now() + absl::Seconds(60); absl::Now() < end;
         absl::SleepFor(absl::Seconds(0.1))) {
      if (assembly_->is_ready() == ready) return true;
    }
    return false;
  }

  grpc::Status Search(v1::SearchResponse* response) {
    grpc::ClientContext context;
    return evidence_->Search(&context, Question(kQuestion), response);
  }

  std::vector<std::string> found_before_;
};

TEST_F(ClusterServiceTest, FindsAndAnswersWhatTheStoreWould) {
  EXPECT_EQ(Found(Question(kQuestion)), found_before_);
  v1::SearchResponse found;
  ASSERT_TRUE(Search(&found).ok());
  EXPECT_THAT(found.degraded(), IsEmpty());
  grpc::ClientContext context;
  v1::AnswerRequest request;
  request.set_parent("corpora/default");
  request.set_question("At which eGFR should metformin be stopped?");
  v1::AnswerResponse response;
  ASSERT_TRUE(answers_->Answer(&context, request, &response).ok());
  ASSERT_TRUE(response.answer().has_text());
  EXPECT_THAT(response.answer().text().sentences(0).text(), HasSubstr("below 30"));
}

TEST_F(ClusterServiceTest, FollowsWhatAnyClientRetracts) {
  ASSERT_THAT(Found(Question(kQuestion)), Contains("metformin-renal"));
  grpc::ClientContext context;
  v1::SetDocumentStatusRequest request;
  request.set_name("corpora/default/documents/metformin-renal");
  request.set_status(v1::DOCUMENT_STATUS_RETRACTED);
  v1::Document response;
  ASSERT_TRUE(corpora_->SetDocumentStatus(&context, request, &response).ok());
  EXPECT_THAT(Found(Question(kQuestion)), Not(Contains("metformin-renal")));
}

TEST_F(ClusterServiceTest, LeavesImportsToTheJob) {
  v1::ImportDocumentsRequest import;
  import.set_parent("corpora/default");
  import.add_sources(".");
  v1::ReindexRequest reindex;
  reindex.set_parent("corpora/default");
  v1::PurgeDocumentRequest purge;
  purge.set_name("corpora/default/documents/metformin-renal");
  const std::string service = "bedside.v1.CorpusService.";
  for (const auto& [method, bytes] :
       std::vector<std::pair<std::string, std::string>>{{"ImportDocuments", import.SerializeAsString()},
                                                        {"Reindex", reindex.SerializeAsString()},
                                                        {"PurgeDocument", purge.SerializeAsString()}}) {
    const grpc::Status status = SendRaw(service + method, bytes);
    EXPECT_EQ(status.error_code(), StatusCode::FAILED_PRECONDITION) << method;
    EXPECT_THAT(status.error_message(), HasSubstr("bedside_ingest")) << method;
  }
}

TEST_F(ClusterServiceTest, AnswersNothingWhileItCannotKnowWhatIsRetracted) {
  EXPECT_TRUE(assembly_->is_ready());
  Cluster().Kill(0);
  EXPECT_TRUE(BecomesReady(false));
  v1::SearchResponse response;
  const grpc::Status status = Search(&response);
  EXPECT_EQ(status.error_code(), StatusCode::UNAVAILABLE);
  EXPECT_THAT(status.error_message(), HasSubstr("has not seen its cluster"));
  ASSERT_THAT(Cluster().Restart(0), IsOk());
  ASSERT_THAT(Cluster().WaitForHealth("green", 1), IsOk());
  EXPECT_TRUE(BecomesReady(true));
  EXPECT_EQ(Found(Question(kQuestion)), found_before_);
}

}  // namespace
}  // namespace bedside
