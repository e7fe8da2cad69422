// The API over HTTP, on a real server: what comes back, how streams run, and what is refused.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/collectable.h>
#include <prometheus/text_serializer.h>

#include <future>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "nlohmann/json.hpp"
#include "tests/fakes/http_client.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kJson[] = "Content-Type: application/json";

class HttpTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    config_.mutable_http()->set_listen_address("127.0.0.1:0");
    config_.mutable_quality()->add_report_paths(root_ + "/answers.html");
    Start();
  }

  HttpReply Send(const std::string& verb, const std::string& path, const std::string& body = "",
                 std::vector<std::string> headers = {}) {
    if (verb == "POST") headers.push_back(kJson);
    return SendHttp({verb, absl::StrCat("http://", http_->address(), path), body, headers});
  }

  json Get(const std::string& path) { return json::parse(Send("GET", path).body); }

  json Post(const std::string& path, const json& body) { return json::parse(Send("POST", path, body.dump()).body); }

  void Import() {
    const json operation = Post("/v1/corpora/default/documents:import", {{"sources", {"."}}});
    const std::string name = operation["name"];
    json ended = operation;
    while (!ended.value("done", false)) ended = Post(absl::StrCat("/v1/", name, ":wait"), json::object());
    EXPECT_EQ(ended["response"]["@type"], "type.googleapis.com/bedside.v1.JobReport") << ended;
  }

  const json upsert_ = {{"fileName", "a.md"}, {"content", absl::Base64Escape("---\nid: a\ntitle: T\n---\n\nText.\n")}};
};

TEST_F(HttpTest, ImportsSearchesAnswersAndShows) {
  Import();
  const json found = Post("/v1/corpora/default:search", {{"query", "When is metformin stopped?"}, {"pageSize", 2}});
  ASSERT_EQ(found["hits"].size(), 2) << found;
  EXPECT_EQ(found["hits"][0]["document"]["name"], "corpora/default/documents/metformin-renal") << found;

  const json answered = Post("/v1/corpora/default:answer", {{"question", "When is metformin stopped?"}});
  EXPECT_FALSE(answered["answer"]["text"]["sentences"].empty()) << answered;
  const std::string answer = answered["answer"]["name"];
  EXPECT_EQ(Get("/v1/" + answer)["name"], answer);
  EXPECT_EQ(Get("/v1/" + answer + ":replay")["unchanged"], true);

  const json document = Get("/v1/corpora/default/documents/warfarin-monitoring");
  EXPECT_EQ(document["title"], "Monitoring of warfarin");
  EXPECT_EQ(Get("/v1/corpora/default/documents?pageSize=1")["documents"].size(), 1);
}

TEST_F(HttpTest, UpsertsAndDeletes) {
  const json upserted = Post("/v1/corpora/default/documents:upsert", upsert_);
  EXPECT_EQ(upserted["documents"][0]["outcome"], "UPSERT_OUTCOME_ADDED") << upserted;
  EXPECT_EQ(Send("DELETE", "/v1/corpora/default/documents/a").body, "{}");
  EXPECT_EQ(Send("GET", "/v1/corpora/default/documents/a").status, 404);
}

TEST_F(HttpTest, ShowsWhatAnEvaluationWrote) {
  EXPECT_EQ(Get("/v1/qualityReports"), R"({"reports": [{"name": "qualityReports/answers"}]})"_json);
  EXPECT_EQ(Send("GET", "/v1/qualityReports/answers").status, 404);
  WriteSource("answers.html", "<h1>Answers</h1>");
  EXPECT_TRUE(Get("/v1/qualityReports")["reports"][0].contains("writeTime"));
  EXPECT_EQ(Get("/v1/qualityReports/answers")["html"], "<h1>Answers</h1>");
}

TEST_F(HttpTest, StreamsAnAnswerAsEvents) {
  Import();
  const HttpReply reply =
      Send("POST", "/v1/corpora/default:streamAnswer", R"({"question": "When is metformin stopped?"})");
  EXPECT_EQ(reply.Header("content-type"), "text/event-stream");
  std::vector<std::string> parts;
  for (absl::string_view event : absl::StrSplit(reply.body, "\n\n", absl::SkipEmpty())) {
    ASSERT_TRUE(absl::ConsumePrefix(&event, "data: ")) << event;
    parts.push_back(json::parse(event).items().begin().key());
  }
  ASSERT_GE(parts.size(), 3);
  EXPECT_EQ(parts.front(), "evidence");
  EXPECT_EQ(parts[1], "sentence");
  EXPECT_EQ(parts.back(), "complete");
}

TEST_F(HttpTest, AStreamThatFailsBeforeItBeginsIsAnError) {
  const HttpReply reply = Send("POST", "/v1/corpora/nothing:streamAnswer", R"({"question": "When?"})");
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(json::parse(reply.body)["error"]["status"], "NOT_FOUND");
}

TEST_F(HttpTest, ErrorsHaveTheDetailsOfTheService) {
  const HttpReply reply = Send("POST", "/v1/corpora/default:search", R"({"query": "", "pageSize": -1})");
  EXPECT_EQ(reply.status, 400);
  const json error = json::parse(reply.body)["error"];
  EXPECT_EQ(error["status"], "INVALID_ARGUMENT");
  EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("page_size"));
  EXPECT_THAT(error["details"].dump(), HasSubstr("google.rpc.BadRequest"));
}

TEST_F(HttpTest, WhatIsNoRequestIsRefusedWithoutRepeatingIt) {
  for (const std::string& body :
       {std::string("{\"query\": \"John Smith\""), std::string("John Smith"),
        std::string("{\"query\": {\"John\": \"Smith\"}}"), std::string("{\"query\": \"\xff John Smith\"}")}) {
    const HttpReply reply = Send("POST", "/v1/corpora/default:search", body);
    EXPECT_EQ(reply.status, 400) << body;
    EXPECT_THAT(reply.body, Not(HasSubstr("Smith")));
  }
  const HttpReply form = SendHttp({"POST",
                                   absl::StrCat("http://", http_->address(), "/v1/corpora/default:search"),
                                   "{}",
                                   {"Content-Type: text/plain"}});
  EXPECT_EQ(form.status, 415) << "a page of another origin could send it";
}

TEST_F(HttpTest, SaysWhatThereIsAtAPath) {
  EXPECT_EQ(Send("GET", "/v1/nothing").status, 404);
  EXPECT_EQ(Send("GET", "/nothing").status, 404);
  const HttpReply reply = Send("PUT", "/v1/corpora/default/documents/a");
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.Header("allow"), "DELETE, GET");
}

TEST_F(HttpTest, KeepsTheDeadlineOfTheClient) {
  Import();
  embedder_->CloseGate();
  EXPECT_EQ(Send("POST", "/v1/corpora/default/documents:upsert", upsert_.dump(), {"grpc-timeout: 50m"}).status, 504);
  embedder_->OpenGate();
  EXPECT_EQ(Send("POST", "/v1/corpora/default:search", R"({"query": "metformin"})", {"grpc-timeout: 1 year"}).status,
            400);
  EXPECT_EQ(Send("POST", "/v1/corpora/default:search", R"({"query": "metformin"})", {"grpc-timeout: 60S"}).status, 200);
}

TEST_F(HttpTest, AClientThatLeavesCancelsItsCall) {
  Import();
  embedder_->CloseGate();
  // curl gives up after this time, and closes the connection.
  HttpCall call = {"POST",
                   absl::StrCat("http://", http_->address(), "/v1/corpora/default/documents:upsert"),
                   upsert_.dump(),
                   {kJson}};
  call.timeout_ms = 200;
  EXPECT_EQ(SendHttp(call).status, 0);
  embedder_->OpenGate();
  const absl::Time deadline = absl::Now() + absl::Seconds(30);
  std::string metrics;
  while (absl::Now() < deadline && !absl::StrContains(metrics, R"(code="CANCELLED")")) {
    absl::SleepFor(absl::Milliseconds(10));
    metrics.clear();
    for (const auto& source : assembly_->metrics())
      metrics += prometheus::TextSerializer().Serialize(source->Collect());
  }
  EXPECT_THAT(metrics, HasSubstr(R"(code="CANCELLED")"));
}

TEST_F(HttpTest, AnswersProbes) {
  EXPECT_EQ(Send("GET", "/healthz").status, 200);
  EXPECT_EQ(Send("POST", "/healthz").status, 405);
  EXPECT_EQ(Send("GET", "/readyz").status, 503);
  Import();
  EXPECT_EQ(Send("GET", "/readyz").status, 200);
  EXPECT_EQ(Get("/openapi.json")["openapi"], "3.1.0");
}

TEST_F(HttpTest, IsNotReachedUnderAnotherNameWhereEverybodyMayDoEverything) {
  EXPECT_EQ(Send("GET", "/v1/corpora/default/index", "", {"Host: evil.example"}).status, 403);
  EXPECT_EQ(Send("GET", "/healthz", "", {"Host: evil.example:80"}).status, 403);
  EXPECT_EQ(Send("GET", "/healthz", "", {"Host: localhost:8480"}).status, 200);
  EXPECT_EQ(Send("GET", "/healthz", "", {"Host: [::1]"}).status, 200);
}

TEST_F(HttpTest, WhatIsUnderWayEndsBeforeTheServerDoes) {
  Import();
  embedder_->CloseGate();
  auto reply = std::async(std::launch::async,
                          [&] { return Send("POST", "/v1/corpora/default/documents:upsert", upsert_.dump()); });
  embedder_->AwaitArrival();
  Stop();
  EXPECT_EQ(reply.get().status, 200);
}

}  // namespace
}  // namespace bedside
