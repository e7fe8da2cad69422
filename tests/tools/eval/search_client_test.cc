#include "tools/eval/search_client.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/tools/bedside/fake_server.h"

namespace bedside {
namespace {

using testing::ElementsAre;

TEST(SearchClientTest, ADocumentStandsAtItsFirstHit) {
  FakeServer server;
  for (const char* id : {"b", "a%20x", "b", "c"}) {
    server.search_response.add_hits()->mutable_document()->set_name(absl::StrCat("corpora/default/documents/", id));
  }
  const auto found = SearchClient(server.address(), 250).Search("fever?");
  ASSERT_THAT(found, IsOk());
  EXPECT_THAT(found->ids, ElementsAre("b", "a%20x", "c"));
  EXPECT_FALSE(found->degraded);
  EXPECT_EQ(server.search_request.query(), "fever?");
  EXPECT_EQ(server.search_request.page_size(), 250);
  EXPECT_EQ(server.search_request.parent(), "corpora/default");
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
}

TEST(SearchClientTest, AServerThatIsNotThereIsUnavailable) {
  EXPECT_THAT(SearchClient("127.0.0.1:1", 100).Search("q"), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace bedside
