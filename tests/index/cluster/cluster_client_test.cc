#include "index/cluster/cluster_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/fakes/scripted_http_server.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class ClusterClientTest : public ::testing::Test {
 protected:
  ClusterClientTest() {
    config::ClusterConfig config;
    config.add_urls(node_.url());
    client_ = *ClusterClient::Create(config);
  }

  absl::Status ErrorOf(int http_status, const std::string& body) {
    node_.Answer({{http_status, body}});
    return client_->Post("/i/_search", {{"question", "of Mr. Doe"}}).status();
  }

  ScriptedHttpServer node_;
  std::unique_ptr<ClusterClient> client_;
};

TEST_F(ClusterClientTest, ReturnsWhatTheClusterAnswers) {
  node_.Answer({{201, R"({"acknowledged":true})"}});
  const auto answer = client_->Put("/i", {{"settings", 1}});
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->at("acknowledged"), true);
  EXPECT_EQ(node_.requests()[0].line, "PUT /i");
  EXPECT_EQ(node_.requests()[0].body, R"({"settings":1})");
}

TEST_F(ClusterClientTest, SaysByHeadWhetherSomethingIsThere) {
  node_.Answer({{200, ""}});
  EXPECT_THAT(client_->Head("/i"), IsOk());
  node_.Answer({{404, ""}});
  EXPECT_THAT(client_->Head("/i"), StatusIs(absl::StatusCode::kNotFound));
  node_.Answer({{401, ""}});
  EXPECT_THAT(client_->Head("/i"), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(ClusterClientTest, SendsNoTextThatIsNotUtf8) {
  const auto is_refused =
      StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("UTF-8"), Not(HasSubstr("Doe"))));
  EXPECT_THAT(client_->Post("/i/_search", {{"question", "of Mr. Doe \xff"}}), is_refused);
  EXPECT_THAT(client_->Put("/i", {{"question", "of Mr. Doe \xff"}}), is_refused);
  EXPECT_THAT(node_.requests(), SizeIs(0));
}

TEST_F(ClusterClientTest, TellsErrorsByStatusAndType) {
  const auto body = [](const std::string& type) {
    return R"({"error":{"type":")" + type + R"(","reason":"[of Mr. Doe] failed"},"status":0})";
  };
  const auto is = [](absl::StatusCode code, const std::string& text) {
    return StatusIs(code, AllOf(HasSubstr(text), Not(HasSubstr("Doe"))));
  };
  EXPECT_THAT(ErrorOf(404, body("index_not_found_exception")),
              is(absl::StatusCode::kNotFound, "HTTP 404, index_not_found_exception"));
  EXPECT_THAT(ErrorOf(409, body("version_conflict_engine_exception")), is(absl::StatusCode::kAborted, "HTTP 409"));
  EXPECT_THAT(ErrorOf(400, body("resource_already_exists_exception")), is(absl::StatusCode::kAborted, "HTTP 400"));
  EXPECT_THAT(ErrorOf(429, body("rejected_execution_exception")),
              is(absl::StatusCode::kResourceExhausted, "too much to do"));
  EXPECT_THAT(ErrorOf(403, body("cluster_block_exception")), is(absl::StatusCode::kResourceExhausted, "make room"));
  EXPECT_THAT(ErrorOf(429, body("cluster_block_exception")), is(absl::StatusCode::kResourceExhausted, "make room"));
  EXPECT_THAT(ErrorOf(400, body("validation_exception")),
              is(absl::StatusCode::kResourceExhausted, "max_shards_per_node"));
  EXPECT_THAT(ErrorOf(403, body("security_exception")),
              is(absl::StatusCode::kFailedPrecondition, "index.cluster.credentials_file"));
  EXPECT_THAT(ErrorOf(400, body("parsing_exception")), is(absl::StatusCode::kInternal, "HTTP 400, parsing_exception"));
  EXPECT_THAT(ErrorOf(500, body("x")), is(absl::StatusCode::kUnavailable, "Look at the health of the cluster"));
  EXPECT_THAT(ErrorOf(503, body("search_phase_execution_exception")),
              is(absl::StatusCode::kUnavailable, "HTTP 503, search_phase_execution_exception"));
}

TEST_F(ClusterClientTest, TakesAnyAnswerOfAnErrorAndRepeatsNoneOfIt) {
  for (const std::string body :
       {"", "Unauthorized Doe", "[]", "null", R"("Doe")", R"({"error":"Doe"})", R"({"error":{"type":1}})",
        R"({"error":{"type":["Doe"]}})", R"({"error":{"type":"no field named [Doe]"}})",
        R"({"error":[{"type":"Doe"}]})", "{\"error\":{\"type\":\"\xff\"}}", R"({"error":{"type":")"}) {
    EXPECT_THAT(ErrorOf(401, body), StatusIs(absl::StatusCode::kFailedPrecondition, Not(HasSubstr("Doe")))) << body;
    EXPECT_THAT(ErrorOf(302, body), StatusIs(absl::StatusCode::kInternal, Not(HasSubstr("Doe")))) << body;
  }
}

TEST_F(ClusterClientTest, RefusesAnAnswerThatIsNotJson) {
  for (const std::string body : {"", "<html>Doe</html>", "{", R"({"a":1}x)", "\xff", R"({"a":1e999})"}) {
    EXPECT_THAT(ErrorOf(200, body), StatusIs(absl::StatusCode::kInternal, Not(HasSubstr("Doe")))) << body;
  }
}

TEST_F(ClusterClientTest, TakesAnAnswerThatIsNestedDeep) {
  constexpr size_t kDeep = 1'000'000;
  EXPECT_THAT(ErrorOf(200, std::string(kDeep, '[')), StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(ErrorOf(200, std::string(kDeep, '[') + std::string(kDeep, ']')), IsOk());
}

}  // namespace
}  // namespace bedside
