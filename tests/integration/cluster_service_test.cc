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
#include "tests/cluster/shared_cluster.h"
#include "tests/fakes/http_client.h"
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
using ::testing::StartsWith;

constexpr char kQuestion[] = "metformin eGFR below 30";

class ClusterServiceTest : public ServiceFixture {
 protected:
  // What a store has built, and a server over it finds, is in the cluster, and a server over that runs.
  void SetUp() override {
    ServiceFixture::SetUp();
    Start();
    ImportAll();
    found_before_ = Found(Question(kQuestion));
    Stop();
    static int tests = 0;
    config::ClusterConfig& cluster = *config_.mutable_index()->mutable_cluster();
    cluster.add_urls(SharedCluster().urls()[0]);
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

  v1::Answer Answered() {
    grpc::ClientContext context;
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question("At which eGFR should metformin be stopped?");
    v1::AnswerResponse response;
    EXPECT_TRUE(answers_->Answer(&context, request, &response).ok());
    return response.answer();
  }

  void Retract(const std::string& document) {
    grpc::ClientContext context;
    v1::SetDocumentStatusRequest request;
    request.set_name("corpora/default/documents/" + document);
    request.set_status(v1::DOCUMENT_STATUS_RETRACTED);
    v1::Document response;
    EXPECT_TRUE(corpora_->SetDocumentStatus(&context, request, &response).ok());
  }

  std::vector<std::string> found_before_;
};

TEST_F(ClusterServiceTest, FindsAndAnswersWhatTheStoreWould) {
  EXPECT_EQ(Found(Question(kQuestion)), found_before_);
  v1::SearchResponse found;
  ASSERT_TRUE(Search(&found).ok());
  EXPECT_THAT(found.degraded(), IsEmpty());
  const v1::Answer answer = Answered();
  ASSERT_TRUE(answer.has_text());
  EXPECT_THAT(answer.text().sentences(0).text(), HasSubstr("below 30"));
}

TEST_F(ClusterServiceTest, AnyServerLooksUpReplaysAndTakesVerdictsOnWhatOneAnswered) {
  const v1::Answer answer = Answered();
  ASSERT_THAT(answer.name(), StartsWith("corpora/default/answers/"));
  Stop();
  config_.mutable_index()->set_store_path(TempFolder());
  Start();
  v1::ReplayAnswerRequest request;
  request.set_name(answer.name());
  v1::ReplayAnswerResponse replayed;
  const auto replay = [&] {
    grpc::ClientContext context;
    const grpc::Status status = answers_->ReplayAnswer(&context, request, &replayed);
    ASSERT_TRUE(status.ok()) << status.error_message();
  };
  replay();
  EXPECT_TRUE(replayed.unchanged());
  EXPECT_TRUE(replayed.generation_kept());
  EXPECT_EQ(replayed.answer().text().SerializeAsString(), answer.text().SerializeAsString());
  EXPECT_THAT(replayed.answer().basis().evidence(0).passage().text(), Not(IsEmpty()));
  grpc::ClientContext context, list_context;
  v1::SubmitFeedbackRequest verdict;
  verdict.set_parent(answer.name());
  verdict.set_feedback_id("a");
  verdict.set_verdict(v1::FEEDBACK_VERDICT_HELPFUL);
  v1::Feedback feedback;
  ASSERT_TRUE(feedback_->SubmitFeedback(&context, verdict, &feedback).ok());
  v1::ListFeedbackRequest list;
  list.set_parent("corpora/default");
  v1::ListFeedbackResponse listed;
  ASSERT_TRUE(feedback_->ListFeedback(&list_context, list, &listed).ok());
  ASSERT_EQ(listed.feedback_size(), 1);
  EXPECT_EQ(listed.feedback(0).name(), answer.name() + "/feedback/a");
  Retract("metformin-renal");
  replay();
  EXPECT_FALSE(replayed.unchanged());
}

TEST_F(ClusterServiceTest, AnAnswerThatCannotBeRecordedSaysSo) {
  Answered();
  const std::string settings =
      absl::StrCat(SharedCluster().urls()[0], "/", config_.index().cluster().prefix(), ".answers/_settings");
  v1::GetAnswerRequest get;
  // Once it is looked up, it has been written.
  const auto look_up = [&](const std::string& name) {
    grpc::ClientContext context;
    get.set_name(name);
    v1::Answer found;
    return answers_->GetAnswer(&context, get, &found).error_code();
  };
  ASSERT_EQ(look_up(Answered().name()), StatusCode::OK);
  ASSERT_EQ(SendJson("PUT", settings, R"({"index.blocks.write": true})").status, 200);
  const std::string named = Answered().name();
  EXPECT_EQ(look_up(named), StatusCode::UNAVAILABLE) << "it was given its name before";
  const v1::Answer answer = Answered();
  EXPECT_EQ(answer.name(), "");
  EXPECT_EQ(answer.basis().warnings(0).kind(), v1::WARNING_KIND_NOT_RECORDED);
  ASSERT_EQ(SendJson("PUT", settings, R"({"index.blocks.write": null})").status, 200);
  for (const absl::Time end = absl::Now() + absl::Seconds(30); absl::Now() < end; absl::SleepFor(absl::Seconds(0.1))) {
    if (look_up(named) == StatusCode::OK) break;
  }
  EXPECT_EQ(look_up(named), StatusCode::OK) << "it is written once that can be";
  EXPECT_EQ(look_up(Answered().name()), StatusCode::OK);
}

TEST_F(ClusterServiceTest, FollowsWhatAnyClientRetracts) {
  ASSERT_THAT(Found(Question(kQuestion)), Contains("metformin-renal"));
  Retract("metformin-renal");
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
  const std::string answer = Answered().name();
  SharedCluster().Kill(0);
  EXPECT_TRUE(BecomesReady(false));
  v1::SearchResponse response;
  const grpc::Status status = Search(&response);
  EXPECT_EQ(status.error_code(), StatusCode::UNAVAILABLE);
  EXPECT_THAT(status.error_message(), HasSubstr("has not seen its cluster"));
  grpc::ClientContext context;
  v1::GetAnswerRequest get;
  get.set_name(answer);
  v1::Answer looked_up;
  EXPECT_EQ(answers_->GetAnswer(&context, get, &looked_up).error_code(), StatusCode::UNAVAILABLE);
  ASSERT_THAT(SharedCluster().Restart(0), IsOk());
  ASSERT_THAT(SharedCluster().WaitForHealth("green", 1), IsOk());
  EXPECT_TRUE(BecomesReady(true));
  EXPECT_EQ(Found(Question(kQuestion)), found_before_);
}

}  // namespace
}  // namespace bedside
