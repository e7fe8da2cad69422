// Clients of CDS Hooks, by tokens of their own: what they may call, over HTTP only, and each token once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "proto/bedside/v1/hook_service.grpc.pb.h"
#include "tests/fakes/http_client.h"
#include "tests/fakes/temp_folder.h"
#include "tests/integration/access_fixture.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr char kBase[] = "https://cds.example";
constexpr char kRules[] = R"(
services { id: "review" hook: HOOK_PATIENT_VIEW description: "Looks at the chart." }
rules {
  id: "any" services: "review" when { sex: SEX_FEMALE }
  question: "At which eGFR is metformin stopped?" summary: "Metformin"
})";

class HookAccessTest : public AccessFixture {
 protected:
  void SetUp() override {
    AccessFixture::SetUp();
    config_.mutable_http()->set_listen_address("127.0.0.1:0");
    config_.mutable_hooks()->set_rules_file(WriteFile(TempFolder(), "rules.textproto", kRules));
    config_.mutable_hooks()->set_base_url(kBase);
    config::HookClientConfig& client = *config_.mutable_access()->add_hook_clients();
    client.set_issuer("https://ehr.example");
    client.set_key_set_file(WriteFile(TempFolder(), "client.json", client_.KeySet()));
    client.add_corpora("default");
    Start();
  }

  // A new one for each call; `path`: that it is for.
  std::string TokenFor(const std::string& path) {
    const int64_t now = absl::ToUnixSeconds(absl::Now());
    return absl::StrCat("Bearer ", client_.Sign({{"alg", "ES384"}, {"kid", "p384"}, {"typ", "JWT"}},
                                                {{"iss", "https://ehr.example"},
                                                 {"aud", std::string(kBase) + path},
                                                 {"iat", now},
                                                 {"exp", now + 60},
                                                 {"jti", absl::StrCat("token-", ++tokens_)}}));
  }

  HttpReply Send(const std::string& verb, const std::string& path, const std::string& token,
                 const std::string& body = "") {
    return SendHttp({verb,
                     absl::StrCat("http://", http_->address(), path),
                     body,
                     {"Content-Type: application/json", absl::StrCat("Authorization: ", token)}});
  }

  const TokenIssuer client_;
  int tokens_ = 0;
};

TEST_F(HookAccessTest, AClientCallsHooksAndNothingElse) {
  EXPECT_EQ(Send("GET", "/cds-services", TokenFor("/cds-services")).status, 200);
  const json call = {{"hook", "patient-view"},
                     {"hookInstance", "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"},
                     {"context", {{"userId", "Practitioner/u"}, {"patientId", "p"}}},
                     {"prefetch", {{"patient", nullptr}}}};
  const HttpReply reply = Send("POST", "/cds-services/review", TokenFor("/cds-services/review"), call.dump());
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"cards":[]})");
  const std::string search = "/v1/corpora/default:search";
  EXPECT_EQ(Send("POST", search, TokenFor(search), R"({"query": "x"})").status, 403);
  EXPECT_EQ(Send("GET", "/v1/outcomes", TokenFor("/v1/outcomes")).status, 403);
}

TEST_F(HookAccessTest, ATokenIsForOneUrlAndOneCall) {
  const std::string token = TokenFor("/cds-services");
  EXPECT_EQ(Send("GET", "/cds-services", token).status, 200);
  EXPECT_EQ(Send("GET", "/cds-services", token).status, 401);
  EXPECT_EQ(Send("POST", "/cds-services/review", TokenFor("/cds-services"), "{}").status, 401);
  EXPECT_EQ(Send("GET", "/cds-services", "Bearer nonsense").status, 401);
}

TEST_F(HookAccessTest, ATokenOfTheSiteDoesAsWell) {
  EXPECT_EQ(Send("GET", "/cds-services", Bearer(Claims("reader"))).status, 200);
  EXPECT_EQ(Send("GET", "/cds-services", Bearer(Claims("porter"))).status, 403);
}

TEST_F(HookAccessTest, ATokenOfAClientIsNoneOverGrpc) {
  const auto stub = v1::HookService::NewStub(channel_);
  grpc::ClientContext context;
  context.AddMetadata("authorization", TokenFor("/cds-services"));
  google::api::HttpBody response;
  EXPECT_EQ(stub->ListHookServices(&context, {}, &response).error_code(), grpc::StatusCode::UNAUTHENTICATED);
  grpc::ClientContext of_the_site;
  of_the_site.AddMetadata("authorization", Bearer(Claims("reader")));
  EXPECT_TRUE(stub->ListHookServices(&of_the_site, {}, &response).ok());
  EXPECT_THAT(response.data(), HasSubstr("Looks at the chart."));
}

}  // namespace
}  // namespace bedside
