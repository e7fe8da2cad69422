#include "index/cluster/cluster_passages.h"

#include <gmock/gmock.h>

#include "tests/fakes/scripted_http_server.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// What the cluster says that it has found.
std::string Found(int passage) {
  return absl::StrCat(
      R"({"responses":[{"status":200,"timed_out":false,"_shards":{"total":1,"failed":0},"hits":{"hits":[)",
      R"({"_score":1.5,"fields":{"passage":[)", passage, R"(]}}]}}]})");
}

class ClusterPassagesTest : public GenerationFixture {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    generation_ = *Open(Publish({TextDocument("a", "aspirin lowers fever"), TextDocument("b", "aspirin thins blood")}));
  }

  // Of a search for "aspirin" where document b is retracted, and the cluster answers so.
  absl::StatusOr<Candidates> SearchAnswered(const std::string& answer) {
    storage::StatusNotice retraction;
    retraction.set_document_id("b");
    retraction.set_status(v1::DOCUMENT_STATUS_RETRACTED);
    const EvidenceView view(generation_, {retraction}, 1);
    ScriptedHttpServer server;
    server.Answer({{200, answer}});
    config::ClusterConfig config;
    config.add_urls(server.url());
    const auto client = ClusterClient::Create(config);
    CandidateQuery query;
    for (const std::string& term : analyzer_->Terms("aspirin")) query.terms.push_back({term, 1.0F});
    return ClusterPassages(client->get(), *ResolveVectorSettings({})).Search(view, query);
  }

  std::shared_ptr<const Generation> generation_;
};

TEST_F(ClusterPassagesTest, TakesWhatIsAllowed) {
  const auto found = SearchAnswered(Found(0));
  ASSERT_THAT(found, IsOk());
  ASSERT_THAT(found->lexical, SizeIs(1));
  EXPECT_FLOAT_EQ(found->lexical[0].score, 1.5F);
  EXPECT_THAT(found->dense, IsEmpty());
}

// A cluster that passes over the filter must not make evidence of what is retracted.
TEST_F(ClusterPassagesTest, TakesNothingThatIsNotAllowed) {
  for (const int passage : {1, 2, 1000}) {
    EXPECT_THAT(SearchAnswered(Found(passage)), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("not allowed")));
  }
}

}  // namespace
}  // namespace bedside
