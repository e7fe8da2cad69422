#include "tools/eval/search_client.h"

#include <string>

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/tools/bedside/fake_server.h"

namespace bedside {
namespace {

TEST(SearchClientTest, AHitBecomesAPassageWithWhatEachStageSaid) {
  FakeServer server;
  v1::SearchHit* hit = server.search_response.add_hits();
  hit->mutable_document()->set_name("corpora/default/documents/a%20x");
  hit->mutable_stages()->set_lexical_rank(3);
  hit->mutable_stages()->set_dense_rank(2);
  hit->mutable_stages()->set_dense_score(0.75);
  hit->mutable_stages()->set_fused_score(1.5);
  hit->set_relevance(0.25);
  server.search_response.add_hits()->mutable_document()->set_name("corpora/default/documents/b");
  const auto found = SearchClient(server.address(), 250).Search("fever?");
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->passages.size(), 2u);
  EXPECT_EQ(found->passages[0].document, "a%20x");
  EXPECT_EQ(found->passages[0].lexical_rank, 3);
  EXPECT_EQ(found->passages[0].dense_rank, 2);
  EXPECT_EQ(found->passages[0].cosine, 0.75);
  EXPECT_EQ(found->passages[0].fused_score, 1.5);
  EXPECT_EQ(found->passages[0].relevance, 0.25);
  EXPECT_EQ(found->passages[1].document, "b");
  EXPECT_EQ(found->passages[1].lexical_rank, absl::nullopt);
  EXPECT_EQ(found->passages[1].relevance, absl::nullopt);
  EXPECT_FALSE(found->degraded);
  EXPECT_EQ(server.search_request.query(), "fever?");
  EXPECT_EQ(server.search_request.page_size(), 250);
  EXPECT_EQ(server.search_request.parent(), "corpora/default");
}

TEST(SearchClientTest, TheGenerationIsTheOneThatServes) {
  FakeServer server;
  server.generations.add_generations()->set_state(v1::GENERATION_STATE_KEPT);
  v1::Generation* active = server.generations.add_generations();
  active->set_state(v1::GENERATION_STATE_ACTIVE);
  active->set_passages(7);
  const auto generation = SearchClient(server.address(), 100).ActiveGeneration();
  ASSERT_THAT(generation, IsOk());
  EXPECT_EQ(generation->passages(), 7);
}

TEST(SearchClientTest, AServerWithoutAGenerationHasNone) {
  FakeServer server;
  EXPECT_THAT(SearchClient(server.address(), 100).ActiveGeneration(), StatusIs(absl::StatusCode::kNotFound));
}

TEST(SearchClientTest, ADocumentIsThereUnlessItsNameIsOfNone) {
  FakeServer server;
  const SearchClient client(server.address(), 100);
  EXPECT_TRUE(*client.HasDocument("a%20x"));
  EXPECT_EQ(server.document_request.name(), "corpora/default/documents/a%20x");
  for (const grpc::StatusCode code : {grpc::StatusCode::NOT_FOUND, grpc::StatusCode::INVALID_ARGUMENT}) {
    server.status = grpc::Status(code, "no");
    EXPECT_FALSE(*client.HasDocument("a"));
  }
  server.status = grpc::Status(grpc::StatusCode::INTERNAL, "broken");
  EXPECT_THAT(client.HasDocument("a"), StatusIs(absl::StatusCode::kInternal));
}

TEST(SearchClientTest, ADegradedSearchIsSaidToBeOne) {
  FakeServer server;
  server.search_response.add_degraded("dense");
  EXPECT_TRUE(SearchClient(server.address(), 100).Search("q")->degraded);
}

TEST(SearchClientTest, AnErrorKeepsItsCode) {
  FakeServer server;
  server.status = grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "another model");
  EXPECT_THAT(SearchClient(server.address(), 100).Search("q"),
              StatusIs(absl::StatusCode::kFailedPrecondition, testing::HasSubstr("another model")));
  EXPECT_THAT(SearchClient(server.address(), 100).ActiveGeneration(),
              StatusIs(absl::StatusCode::kFailedPrecondition, testing::HasSubstr("another model")));
}

TEST(SearchClientTest, AServerThatIsNotThereIsUnavailable) {
  EXPECT_THAT(SearchClient("127.0.0.1:1", 100).Search("q"), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace bedside
