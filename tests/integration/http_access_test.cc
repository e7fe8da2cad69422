// What holds at the door of gRPC holds at that of HTTP: who may call what, and what is recorded of it.

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "services/access/method_roles.h"
#include "services/gateway/http_rule.h"
#include "tests/fakes/audited_calls.h"
#include "tests/fakes/http_client.h"
#include "tests/fakes/temp_folder.h"
#include "tests/integration/access_fixture.h"

namespace bedside {
namespace {

using google::protobuf::DescriptorPool;
using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::FieldsAre;

struct HttpMethod {
  std::string verb;
  // With names that there are not.
  std::string path;
  MethodRule rule;
};

// Of all methods that have one.
std::vector<HttpMethod> HttpMethods() {
  std::vector<HttpMethod> methods;
  for (const MethodRule& rule : BuiltInRules()) {
    const auto* method =
        DescriptorPool::generated_pool()->FindMethodByName(absl::StrReplaceAll(rule.method, {{"/", "."}}));
    const auto http = method == nullptr ? absl::nullopt : HttpRuleOf(*method);
    if (!http.has_value()) continue;
    const auto [verb, path] = VerbAndPathOf(*http);
    methods.push_back({verb,
                       absl::StrReplaceAll(path, {{"{parent=", ""},
                                                  {"{name=", ""},
                                                  {"{base=", ""},
                                                  {"{service=", ""},
                                                  {"}", ""},
                                                  {"**", "x-1"},
                                                  {"*", "x"}}),
                       rule});
  }
  return methods;
}

class HttpAccessTest : public AccessFixture {
 protected:
  void SetUp() override {
    AccessFixture::SetUp();
    config_.mutable_http()->set_listen_address("127.0.0.1:0");
    config_.mutable_audit()->set_folder(folder_);
    config_.mutable_audit()->set_anchor_file(folder_ + "-anchors");
    Start();
  }

  HttpReply Send(const std::string& verb, const std::string& path, const std::string& body,
                 const std::vector<std::string>& authorization) {
    HttpCall call = {verb, absl::StrCat("http://", http_->address(), path), body, {"Content-Type: application/json"}};
    for (const std::string& value : authorization) call.headers.push_back(absl::StrCat("Authorization: ", value));
    return SendHttp(call);
  }

  long Search(const std::vector<std::string>& authorization, const std::string& body = R"({"query": "metformin"})") {
    return Send("POST", "/v1/corpora/default:search", body, authorization).status;
  }

  struct Recorded {
    std::string method;
    std::string subject;
    std::string peer;
    uint32_t code;
    bool denied;
  };

  std::vector<Recorded> Records() const {
    std::vector<Recorded> records;
    for (const storage::AuditedCall& call : AuditedCalls(folder_)) {
      records.push_back({call.method(), call.subject(), call.peer(), call.code(), call.denied()});
    }
    return records;
  }

  const std::string folder_ = TempFolder();
};

TEST_F(HttpAccessTest, EveryMethodIsForItsRolesOnly) {
  const std::vector<HttpMethod> methods = HttpMethods();
  EXPECT_EQ(methods.size(), 40);
  for (const HttpMethod& method : methods) {
    const std::string body = method.verb == "POST" ? "{}" : "";
    EXPECT_EQ(Send(method.verb, method.path, body, {}).status, 401) << method.path;
    EXPECT_EQ(Send(method.verb, method.path, body, {"Bearer nonsense"}).status, 401) << method.path;
    for (const std::string role : {"reader", "admin", "porter"}) {
      const bool admitted = absl::c_linear_search(method.rule.roles, role);
      const long status = Send(method.verb, method.path, body, {Bearer(Claims(role))}).status;
      EXPECT_NE(status, 0) << method.path;
      EXPECT_NE(status, 401) << method.path;
      EXPECT_EQ(status == 403, !admitted) << method.path << " of " << role << ": " << status;
    }
  }
}

TEST_F(HttpAccessTest, TakesNoTokenThatTheOtherDoorDoesNot) {
  json expired = Claims("reader");
  expired["exp"] = absl::ToUnixSeconds(absl::Now()) - 3600;
  json elsewhere = Claims("reader");
  elsewhere["aud"] = "another";
  EXPECT_EQ(Search({Bearer(expired)}), 401);
  EXPECT_EQ(Search({Bearer(elsewhere)}), 401);
  EXPECT_EQ(Search({Bearer(Claims("reader"), "none")}), 401);
  EXPECT_EQ(Search({Bearer(Claims("reader")), Bearer(Claims("admin"))}), 401) << "the header twice";
  EXPECT_EQ(Search({absl::StrCat("Bearer ", std::string(17'000, 'a'))}), 401);
  EXPECT_EQ(Search({"Basic dXNlcjpwYXNz"}), 401);
  EXPECT_EQ(Search({"Bearer \xff\xfe"}), 401);
  EXPECT_EQ(Search({Bearer(Claims("reader"))}), 404) << "there is no corpus, and the call was let in";
}

TEST_F(HttpAccessTest, ACorpusThatWasNotGrantedIsNotThere) {
  const json document = {{"fileName", "a.md"},
                         {"content", absl::Base64Escape("---\nid: a\ntitle: T\n---\n\nMetformin.\n")}};
  EXPECT_EQ(Send("POST", "/v1/corpora/default/documents:upsert", document.dump(), {Bearer(Claims("admin"))}).status,
            200);
  EXPECT_EQ(Search({Bearer(Claims("reader", {"default"}))}), 200);
  EXPECT_EQ(Search({Bearer(Claims("reader", {"another"}))}), 404);
}

TEST_F(HttpAccessTest, EachCallLeavesOneRecord) {
  const std::string token = Bearer(Claims("reader"));
  Search({});
  Search({token}, "{\"query\": ");
  Send("POST", "/v1/backups", "{}", {token});
  Search({token}, R"({"query": ""})");
  // What is turned away does not wait for its record; this one does.
  Search({token});
  constexpr char kSearch[] = "bedside.v1.EvidenceService.Search";
  EXPECT_THAT(Records(),
              ElementsAre(FieldsAre(kSearch, "", "", 16, true), FieldsAre(kSearch, "a-reader", "127.0.0.1", 3, true),
                          FieldsAre("bedside.v1.StoreService.CreateBackup", "a-reader", "", 7, true),
                          FieldsAre(kSearch, "a-reader", "127.0.0.1", 3, false),
                          FieldsAre(kSearch, "a-reader", "127.0.0.1", 5, false)));
}

// Somebody who is let in, and says to be relayed for somebody else.
TEST_F(HttpAccessTest, NobodyCanSayThatTheyAreRelayed) {
  grpc::ClientContext context;
  context.AddMetadata("authorization", Bearer(Claims("reader")));
  context.AddMetadata("bedside-relay-secret-bin", std::string(32, '\0'));
  context.AddMetadata("bedside-relay-peer-bin", "ipv4:10.9.9.9:1");
  context.AddMetadata("bedside-relay-certificate-bin", "batch.example");
  v1::SearchResponse response;
  EXPECT_EQ(evidence_->Search(&context, Question("metformin"), &response).error_code(), grpc::StatusCode::NOT_FOUND);
  Send("POST", "/v1/corpora/default:search", "{\"query\": \"a\"}", {Bearer(Claims("reader"))});
  constexpr char kSearch[] = "bedside.v1.EvidenceService.Search";
  EXPECT_THAT(Records(), ElementsAre(FieldsAre(kSearch, "a-reader", "127.0.0.1", 5, false),
                                     FieldsAre(kSearch, "a-reader", "127.0.0.1", 5, false)));
}

TEST_F(HttpAccessTest, NoBodyIsReadOfWhoIsNotLetIn) {
  EXPECT_EQ(Search({}, std::string(200'000, ' ')), 401);
  EXPECT_EQ(Send("POST", "/v1/nothing", std::string(200'000, ' '), {}).status, 404);
  EXPECT_EQ(Search({Bearer(Claims("reader"))}, std::string(300'000, ' ')), 413) << "a search carries no file";
}

TEST_F(HttpAccessTest, ProbesAndTheDescriptionAreForAnyone) {
  EXPECT_EQ(Send("GET", "/healthz", "", {}).status, 200);
  EXPECT_EQ(Send("GET", "/openapi.json", "", {}).status, 200);
}

}  // namespace
}  // namespace bedside
