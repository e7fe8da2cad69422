#include "index/cluster/cluster_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/fakes/chat_server.h"
#include "tests/fakes/free_port.h"
#include "tests/fakes/scripted_http_server.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

config::ClusterConfig ConfigOf(const std::vector<std::string>& urls) {
  config::ClusterConfig config;
  for (const std::string& url : urls) config.add_urls(url);
  return config;
}

std::unique_ptr<ClusterTransport> TransportTo(const std::vector<std::string>& urls) {
  return *ClusterTransport::Create(ConfigOf(urls));
}

std::string Nobody() { return absl::StrCat("http://127.0.0.1:", FreePort()); }

ClusterRequest Question() {
  ClusterRequest request;
  request.method = "POST";
  request.path = "/_search?x=y";
  request.body = R"({"question":"a secret of Mr. Doe"})";
  return request;
}

// As a node that is stopped in the middle: it takes the request, and says nothing.
std::unique_ptr<ChatServer> Hanging() { return ChatServer::Start({"", ChatServer::Ending::kHang}); }

TEST(ClusterTransportTest, SendsARequestAsItIs) {
  ScriptedHttpServer node;
  node.Answer({{201, "answer"}});
  const auto transport = TransportTo({node.url() + "/"});
  const auto response = transport->Send(Question());
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->http_status, 201);
  EXPECT_EQ(response->body, "answer");
  ASSERT_THAT(node.requests(), SizeIs(1));
  EXPECT_EQ(node.requests()[0].line, "POST /_search?x=y");
  EXPECT_EQ(node.requests()[0].body, Question().body);
  EXPECT_EQ(node.requests()[0].content_type, "application/json");
  EXPECT_EQ(node.requests()[0].authorization, "");
}

TEST(ClusterTransportTest, SendsEachMethodAndLinesOfJson) {
  ScriptedHttpServer node;
  const auto transport = TransportTo({node.url()});
  for (const std::string method : {"HEAD", "GET", "PUT", "DELETE", "POST"}) {
    ClusterRequest request;
    request.method = method;
    request.path = "/x";
    request.is_lines = true;
    EXPECT_THAT(transport->Send(request), IsOk()) << method;
    EXPECT_EQ(node.requests().back().line, method + " /x") << "after another on the same connection";
  }
  EXPECT_THAT(node.requests(), Each(Field(&ScriptedHttpServer::Request::content_type, "application/x-ndjson")));
}

TEST(ClusterTransportTest, AsksNodesInTurn) {
  ScriptedHttpServer a;
  ScriptedHttpServer b;
  const auto transport = TransportTo({a.url(), b.url()});
  for (int i = 0; i < 6; ++i) EXPECT_THAT(transport->Send(Question()), IsOk());
  EXPECT_THAT(a.requests(), SizeIs(3));
  EXPECT_THAT(b.requests(), SizeIs(3));
}

TEST(ClusterTransportTest, AsksTheNextNodeWhereOneDoesNotConnect) {
  ScriptedHttpServer node;
  const auto transport = TransportTo({Nobody(), node.url()});
  for (int i = 0; i < 4; ++i) EXPECT_THAT(transport->Send(Question()), IsOk());
  EXPECT_THAT(node.requests(), SizeIs(4));
}

TEST(ClusterTransportTest, AsksTheNextNodeWhereOneClosesInTheMiddleAndLetsThatOneRest) {
  const auto closing =
      ChatServer::Start({"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", ChatServer::Ending::kClose});
  ScriptedHttpServer node;
  const auto transport = TransportTo({closing->base_url(), node.url()});
  for (int i = 0; i < 4; ++i) {
    const auto response = transport->Send(Question());
    ASSERT_THAT(response, IsOk());
    EXPECT_EQ(response->body, "{}") << "nothing of the other one's";
  }
  EXPECT_THAT(closing->requests(), SizeIs(1)) << "asked last for some seconds";
}

TEST(ClusterTransportTest, AsksTheNextNodeWhereOneSaysThatItDoesNotServeYet) {
  ScriptedHttpServer starting;
  ScriptedHttpServer node;
  for (const int status : {502, 503, 504}) {
    starting.Answer({{status, "OpenSearch Security not initialized."}});
    const auto transport = TransportTo({starting.url(), node.url()});
    EXPECT_EQ(transport->Send(Question())->http_status, 200);
  }
  EXPECT_THAT(starting.requests(), SizeIs(3));
}

TEST(ClusterTransportTest, ReturnsWhatANodeSaysThatDoesNotServeWhereNoOtherSaysMore) {
  ScriptedHttpServer starting;
  starting.Answer({{503, "no"}});
  const auto response = TransportTo({starting.url(), Nobody()})->Send(Question());
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->http_status, 503);
  EXPECT_EQ(response->body, "no");
}

TEST(ClusterTransportTest, AsksOneNodeOnlyWhereItRefusesTheRequest) {
  ScriptedHttpServer a;
  ScriptedHttpServer b;
  a.Answer({{400, ""}});
  EXPECT_EQ(TransportTo({a.url(), b.url()})->Send(Question())->http_status, 400);
  EXPECT_THAT(b.requests(), SizeIs(0));
}

TEST(ClusterTransportTest, SendsWhatBelongsTogetherToOneNode) {
  ScriptedHttpServer a;
  ScriptedHttpServer b;
  a.Answer({{200, "stale"}, {503, ""}});
  b.Answer({{200, "new"}, {404, ""}});
  const auto responses = TransportTo({a.url(), b.url()})->SendToOne({Question(), Question()});
  ASSERT_THAT(responses, IsOk());
  ASSERT_THAT(*responses, SizeIs(2));
  EXPECT_EQ((*responses)[0].body, "new") << "the first answer of the other one is not taken, either";
  EXPECT_EQ((*responses)[1].http_status, 404);
  EXPECT_THAT(a.requests(), SizeIs(2));
  EXPECT_THAT(b.requests(), SizeIs(2));
}

TEST(ClusterTransportTest, TakesNoTwoConnectionsForOneNode) {
  const auto closing = ChatServer::Start(
      {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", ChatServer::Ending::kClose});
  const auto transport = TransportTo({closing->base_url()});
  EXPECT_THAT(transport->SendToOne({Question()}), IsOk());
  EXPECT_THAT(transport->SendToOne({Question(), Question()}), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(ClusterTransportTest, NamesNodesAndCausesAndNothingOfTheRequestWhereNoneAnswers) {
  const std::string a = Nobody();
  const std::string b = Nobody();
  EXPECT_THAT(TransportTo({a, b})->Send(Question()),
              StatusIs(absl::StatusCode::kUnavailable,
                       AllOf(HasSubstr(a), HasSubstr(b), HasSubstr("connect"), Not(HasSubstr("Doe")))));
}

TEST(ClusterTransportTest, AsksANodeThatRestsWhereNoOtherIsLeft) {
  ScriptedHttpServer node;
  node.Answer({{503, ""}, {200, "{}"}});
  const auto transport = TransportTo({node.url()});
  EXPECT_EQ(transport->Send(Question())->http_status, 503);
  EXPECT_EQ(transport->Send(Question())->http_status, 200);
}

TEST(ClusterTransportTest, KeepsTheDeadlineWhereANodeHangsAndAsksThatOneLastThen) {
  const auto hanging = Hanging();
  ScriptedHttpServer node;
  const auto transport = TransportTo({hanging->base_url(), node.url()});
  ClusterRequest request = Question();
  request.deadline = absl::Now() + absl::Milliseconds(200);
  EXPECT_THAT(transport->Send(request), StatusIs(absl::StatusCode::kDeadlineExceeded,
                                                 AllOf(HasSubstr(hanging->base_url()), Not(HasSubstr("Doe")))));
  EXPECT_GE(absl::Now() + absl::Milliseconds(1), request.deadline);
  for (int i = 0; i < 4; ++i) EXPECT_THAT(transport->Send(Question()), IsOk());
  EXPECT_THAT(node.requests(), SizeIs(4));
}

TEST(ClusterTransportTest, EndsWithTheTimeOutOfTheConfigurationWhereThatIsEarlier) {
  const auto hanging = Hanging();
  config::ClusterConfig config = ConfigOf({hanging->base_url()});
  config.set_timeout_ms(200);
  EXPECT_THAT((*ClusterTransport::Create(config))->Send(Question()), StatusIs(absl::StatusCode::kDeadlineExceeded));
}

TEST(ClusterTransportTest, ShowsTheCredentialsToNodesAndToNobodyElse) {
  ScriptedHttpServer node;
  config::ClusterConfig config = ConfigOf({node.url()});
  config.set_credentials_file(WriteFile(TempFolder(), "search", "bedside:se:cret\n"));
  ASSERT_THAT((*ClusterTransport::Create(config))->Send(Question()), IsOk());
  EXPECT_EQ(node.requests()[0].authorization, "Basic YmVkc2lkZTpzZTpjcmV0");
  config.set_urls(0, Nobody());
  EXPECT_THAT((*ClusterTransport::Create(config))->Send(Question()),
              StatusIs(absl::StatusCode::kUnavailable, AllOf(Not(HasSubstr("cret")), Not(HasSubstr("YmVkc2lkZTp")))));
}

TEST(ClusterTransportTest, RefusesCredentialsThatAreNone) {
  config::ClusterConfig config = ConfigOf({Nobody()});
  config.set_credentials_file(WriteFile(TempFolder(), "search", "the-secret"));
  EXPECT_THAT(ClusterTransport::Create(config),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("credentials_file"), HasSubstr("colon"), Not(HasSubstr("the-secret")))));
  config.set_credentials_file(TempFolder() + "/none");
  EXPECT_THAT(ClusterTransport::Create(config), StatusIs(absl::StatusCode::kNotFound));
}

TEST(ClusterTransportTest, RefusesWhatIsNoNodeOrWouldBeAskedInPlaintext) {
  for (const std::string url : {"http://search-1:9200", "http://10.0.0.1:9200", "ftp://localhost", "search-1",
                                "https://user:secret@search-1:9200", "https://search-1:9200/?pretty", ""}) {
    EXPECT_THAT(ClusterTransport::Create(ConfigOf({"https://search-0:9200", url})),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr("index.cluster.urls[1]"), Not(HasSubstr("secret")))))
        << url;
  }
  EXPECT_THAT(ClusterTransport::Create(ConfigOf({"https://search-1:9200", "http://localhost:9200"})), IsOk());
}

}  // namespace
}  // namespace bedside
