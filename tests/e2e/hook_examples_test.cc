// The rules of the samples, asked by each of their examples over HTTP, as a record system would: which rules speak, and
// from which document, or that none does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "nlohmann/json.hpp"
#include "re2/re2.h"
#include "services/hooks/rule_set.h"
#include "tests/e2e/sample_server.h"
#include "tests/e2e/source_import.h"
#include "tests/fakes/http_client.h"
#include "tests/fakes/status_matchers.h"
#include "tests/services/hooks/cds_schema.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAreArray;

constexpr char kRules[] = "samples/hooks/rules.textproto";
constexpr char kExamples[] = "samples/hooks/examples";

std::vector<std::string> ExampleNames() {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(kExamples)) names.push_back(file.path().stem());
  std::sort(names.begin(), names.end());
  return names;
}

// With the dates that "{{today-30}}" and "{{years-67}}" stand for.
json ExampleNamed(const std::string& name) {
  std::ifstream file(absl::StrCat(kExamples, "/", name, ".json"));
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const absl::CivilDay today = absl::ToCivilDay(absl::Now(), absl::UTCTimeZone());
  static const RE2& placeholder = *new RE2(R"(\{\{(today|years)-(\d+)\}\})");
  std::string unit;
  int count = 0;
  for (re2::StringPiece rest = text; RE2::FindAndConsume(&rest, placeholder, &unit, &count); rest = text) {
    const absl::CivilDay day = unit == "today" ? today - count : absl::CivilDay(today.year() - count, today.month(), 1);
    RE2::Replace(&text, placeholder, absl::FormatCivilTime(day));
  }
  return json::parse(text);
}

class HookExamplesTest : public ::testing::TestWithParam<std::string> {
 protected:
  static void SetUpTestSuite() {
    config::ServerConfig config = SampleConfig();
    config.mutable_http()->set_listen_address("127.0.0.1:0");
    config.mutable_hooks()->set_rules_file(kRules);
    config.mutable_hooks()->set_base_url("http://localhost:8480");
    config.mutable_hooks()->add_allowed_origins("https://sandbox.example");
    server_ = new ServerProcess(config);
    ASSERT_NE(server_->address(), "") << server_->output();
    ImportSource(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()), ".");
    rules_ = new RuleSet(*RuleSet::Read(kRules));
  }

  static void TearDownTestSuite() {
    delete rules_;
    delete server_;
  }

  static std::string UrlOf(const std::string& path) {
    std::string address;
    RE2::PartialMatch(server_->output(), "http on (\\S+)", &address);
    return absl::StrCat("http://", address, path);
  }

  static HttpReply Post(const std::string& path, const std::string& body) {
    HttpCall call;
    call.verb = "POST";
    call.url = UrlOf(path);
    call.body = body;
    call.headers = {"Content-Type: application/json", "Origin: https://sandbox.example"};
    return SendHttp(call);
  }

  // Ids of the rules that may have said this.
  static std::string RuleOf(const std::string& summary, const std::string& service) {
    for (const config::HookRule* rule : rules_->RulesOf(service)) {
      std::string pattern = RE2::QuoteMeta(rule->summary());
      RE2::GlobalReplace(&pattern, R"(\\\{\w+\\\})", ".+");
      if (RE2::FullMatch(summary, pattern)) return rule->id();
    }
    return "?";
  }

  static ServerProcess* server_;
  static RuleSet* rules_;
};

ServerProcess* HookExamplesTest::server_ = nullptr;
RuleSet* HookExamplesTest::rules_ = nullptr;

TEST_P(HookExamplesTest, SpeaksAsItsExampleSays) {
  const json example = ExampleNamed(GetParam());
  const std::string service = example["service"];
  const HttpReply reply = Post("/cds-services/" + service, example["call"].dump());
  ASSERT_EQ(reply.status, 200) << reply.body;
  const json response = json::parse(reply.body);
  EXPECT_THAT(CdsSchema::FaultsOfCards(response), IsEmpty()) << response.dump(1);
  std::vector<std::string> spoke;
  std::string details;
  for (const json& card : response["cards"]) {
    spoke.push_back(RuleOf(card["summary"], service));
    absl::StrAppend(&details, card["detail"].get<std::string>());
  }
  EXPECT_THAT(spoke, UnorderedElementsAreArray(example["expect"]["rules"].get<std::vector<std::string>>()))
      << response.dump(1);
  for (const std::string document : example["expect"]["documents"]) {
    EXPECT_THAT(details, HasSubstr(absl::StrCat("example.org/guidelines/", document)));
  }
  // Of the patient of the examples.
  EXPECT_THAT(reply.body, Not(HasSubstr("Zzyzxton")));
}

INSTANTIATE_TEST_SUITE_P(All, HookExamplesTest, ::testing::ValuesIn(ExampleNames()),
                         [](const ::testing::TestParamInfo<std::string>& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST_F(HookExamplesTest, EveryRuleHasAnExample) {
  std::string expected;
  for (const std::string& name : ExampleNames()) absl::StrAppend(&expected, ExampleNamed(name)["expect"].dump());
  for (const config::HookRule& rule : rules_->rules().rules()) {
    EXPECT_THAT(expected, HasSubstr(absl::StrCat("\"", rule.id(), "\"")));
  }
}

TEST_F(HookExamplesTest, ServicesCanBeDiscovered) {
  const json discovery = json::parse(HttpGet(UrlOf("/cds-services")));
  EXPECT_THAT(CdsSchema::FaultsOfDiscovery(discovery), IsEmpty()) << discovery.dump(1);
  EXPECT_EQ(discovery["services"].size(), 3u);
}

TEST_F(HookExamplesTest, ACallThatCannotBeReadIsRefused) {
  EXPECT_EQ(Post("/cds-services/order-safety", "{").status, 400);
  EXPECT_EQ(Post("/cds-services/nobody", "{}").status, 404);
  json call = ExampleNamed("metformin-below-30")["call"];
  call["hook"] = "patient-view";
  EXPECT_EQ(Post("/cds-services/order-safety", call.dump()).status, 400);
}

TEST_F(HookExamplesTest, ACallWithoutNeededDataFails) {
  json call = ExampleNamed("metformin-below-30")["call"];
  call.erase("prefetch");
  const HttpReply reply = Post("/cds-services/order-guidance", [&call] {
    call["hook"] = "order-select";
    call["context"]["selections"] = {"MedicationRequest/o1"};
    return call.dump();
  }());
  EXPECT_EQ(reply.status, 412) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("observations"));
}

TEST_F(HookExamplesTest, WhatBecomesOfACardIsCounted) {
  const HttpReply called = Post("/cds-services/order-safety", ExampleNamed("penicillin-allergy")["call"].dump());
  const json card = json::parse(called.body)["cards"][0];
  json feedback = {{"card", card["uuid"]},
                   {"outcome", "overridden"},
                   {"overrideReason", {{"reason", {{"code", "known"}}}, {"userComment", "as Jane Doe told me"}}},
                   {"outcomeTimestamp", "2026-11-26T10:00:00Z"}};
  const std::string body = json({{"feedback", {feedback}}}).dump();
  EXPECT_EQ(Post("/cds-services/order-guidance/feedback", body).status, 404) << "another service showed it";
  const HttpReply told = Post("/cds-services/order-safety/feedback", body);
  EXPECT_EQ(told.status, 200) << told.body;
  const json outcomes = json::parse(HttpGet(UrlOf("/v1/outcomes?rule=penicillin-allergy")))["outcomes"];
  ASSERT_EQ(outcomes.size(), 1u);
  EXPECT_EQ(outcomes[0]["overridden"], 1);
  EXPECT_EQ(outcomes[0]["reasons"][0]["code"], "known");
  const std::string exported = HttpGet(UrlOf("/v1/outcomes:export?rule=penicillin-allergy"));
  EXPECT_THAT(exported, HasSubstr(card["uuid"].get<std::string>()));
  EXPECT_THAT(exported, Not(HasSubstr("Jane")));
}

TEST_F(HookExamplesTest, ACardLeadsToItsAnswer) {
  const HttpReply called = Post("/cds-services/order-safety", ExampleNamed("nsaid-kidneys")["call"].dump());
  std::string url = json::parse(called.body)["cards"][0]["links"][0]["url"];
  std::string name;
  ASSERT_TRUE(RE2::FullMatch(url, "http://localhost:8480/#/answer/(corpora/default/answers/.+)", &name)) << url;
  EXPECT_THAT(HttpGet(UrlOf("/v1/" + name)), HasSubstr("ex-ckd-2024"));
}

TEST_F(HookExamplesTest, OnlyNamedOriginsMayReadFromABrowser) {
  HttpCall call;
  call.verb = "OPTIONS";
  call.url = UrlOf("/cds-services/order-safety");
  call.headers = {"Origin: https://sandbox.example", "Access-Control-Request-Method: POST"};
  const HttpReply allowed = SendHttp(call);
  EXPECT_EQ(allowed.status, 204);
  EXPECT_EQ(allowed.Header("Access-Control-Allow-Origin"), "https://sandbox.example");
  EXPECT_THAT(allowed.Header("Access-Control-Allow-Headers"), HasSubstr("authorization"));
  call.headers[0] = "Origin: https://elsewhere.example";
  const HttpReply refused = SendHttp(call);
  EXPECT_NE(refused.status, 204);
  EXPECT_EQ(refused.Header("Access-Control-Allow-Origin"), "");
  EXPECT_EQ(Post("/cds-services/nobody", "{}").Header("Access-Control-Allow-Origin"), "https://sandbox.example");
}

}  // namespace
}  // namespace bedside
