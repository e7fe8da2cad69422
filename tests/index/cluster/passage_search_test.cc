#include "index/cluster/passage_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "index/lexical/bm25f.h"
#include "tests/fakes/scripted_http_server.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Json = nlohmann::json;

constexpr char kNothing[] = R"({"status":200,"timed_out":false,"_shards":{"total":2,"failed":0}})";

std::string Hit(int passage, double score) {
  return absl::StrCat(R"({"_score":)", score, R"(,"fields":{"passage":[)", passage, "]}}");
}

// The answer to one search that found `hits`.
std::string Hits(const std::string& hits, const std::string& shards = R"({"total":2,"failed":0})",
                 const std::string& timed_out = "false") {
  return absl::StrCat(R"({"status":200,"timed_out":)", timed_out, R"(,"_shards":)", shards, R"(,"hits":{"hits":[)",
                      hits, "]}}");
}

absl::StatusOr<std::vector<PassageSearch::Found>> Parse(const std::string& response, bool is_dense = false) {
  return PassageSearch::Parse(Json::parse(absl::StrCat(R"({"responses":[)", response, "]}")), {is_dense});
}

TEST(PassageSearchTest, AsksAllSearchesAtOnce) {
  ScriptedHttpServer node;
  node.Answer({{200, absl::StrCat(R"({"responses":[)", Hits(Hit(3, 2.5)), ",", kNothing, "]}")}});
  config::ClusterConfig config;
  config.add_urls(node.url());
  const auto client = *ClusterClient::Create(config);
  PassageSearch search(client.get(), absl::InfiniteFuture());
  EXPECT_TRUE(search.empty());
  search.Add("a", R"({"y":1})", /*is_dense=*/false);
  search.Add("b", R"({"x":1})", /*is_dense=*/true);
  const auto found = search.Run();
  ASSERT_THAT(found, IsOk());
  ASSERT_THAT(*found, SizeIs(2));
  ASSERT_THAT((*found)[0].passages, SizeIs(1));
  EXPECT_EQ((*found)[0].passages[0].passage, PassageAt(3));
  EXPECT_FLOAT_EQ((*found)[0].passages[0].score, 2.5F);
  EXPECT_THAT((*found)[1].passages, IsEmpty());
  ASSERT_THAT(node.requests(), SizeIs(1));
  EXPECT_THAT(node.requests()[0].line, HasSubstr("POST /_msearch?"));
  EXPECT_EQ(node.requests()[0].body, "{\"index\":\"a\"}\n{\"y\":1}\n{\"index\":\"b\"}\n{\"x\":1}\n");
}

TEST(PassageSearchTest, LeavesAShardOutBeforeTheDeadline) {
  ScriptedHttpServer node;
  node.Answer({{200, absl::StrCat(R"({"responses":[)", Hits(Hit(3, 2.5), R"({"total":2,"failed":0})", "true"), "]}")}});
  config::ClusterConfig config;
  config.add_urls(node.url());
  const auto client = *ClusterClient::Create(config);
  PassageSearch search(client.get(), absl::Now() + absl::Seconds(40));
  search.Add("a", R"({"x":1})", /*is_dense=*/false);
  const auto found = search.Run();
  ASSERT_THAT(found, IsOk());
  EXPECT_TRUE((*found)[0].is_partial);
  EXPECT_THAT((*found)[0].passages, SizeIs(1));
  const std::string body = node.requests()[0].body;
  const Json sent = Json::parse(body.substr(body.find('\n') + 1));
  EXPECT_EQ(sent["x"], 1);
  EXPECT_THAT(sent["timeout"].get<std::string>(), ::testing::MatchesRegex("2[0-9]{4}ms|30000ms"));
}

TEST(PassageSearchTest, AsksForTheSumOfWeightsTimesImpacts) {
  LexicalQuery query;
  query.weights = {{"2.5", 3}, {"\"quoted\"", 1}};
  query.scale = 256;
  const Json body = Json::parse(LexicalSearchBody(query, R"("filter":[{"x":1}])", 10));
  EXPECT_EQ(body["size"], 10);
  const Json& clauses = body["query"]["bool"];
  EXPECT_EQ(clauses["filter"][0]["x"], 1);
  ASSERT_THAT(clauses["should"], SizeIs(2));
  EXPECT_EQ(clauses["should"][0]["rank_feature"]["field"], "terms.\"quoted\"");
  EXPECT_EQ(clauses["should"][1]["rank_feature"]["field"], "terms.2%2E5");
  EXPECT_EQ(clauses["should"][1]["rank_feature"]["boost"], 3.0);
}

TEST(PassageSearchTest, AsksForTheHeaviestOfMoreTermsThanTheClusterTakes) {
  LexicalQuery query;
  for (size_t i = 0; i < 2 * kMostSearchedTerms; ++i)
    query.weights[absl::StrCat("t", i)] = static_cast<uint32_t>(i + 1);
  const Json body = Json::parse(LexicalSearchBody(query, "", 10));
  const Json& should = body["query"]["bool"]["should"];
  ASSERT_THAT(should, SizeIs(kMostSearchedTerms));
  double least = 1e9;
  for (const Json& term : should) least = std::min(least, term["rank_feature"]["boost"].get<double>());
  EXPECT_FLOAT_EQ(least * kImpactLevels, kMostSearchedTerms + 1.0F);
}

TEST(PassageSearchTest, AsksForTheNearestVectors) {
  const Json all = Json::parse(DenseSearchBody({0.5F, -1.0F}, "", 7));
  EXPECT_EQ(all["query"]["knn"]["vector"]["vector"], Json({0.5, -1.0}));
  EXPECT_EQ(all["query"]["knn"]["vector"]["k"], 7);
  EXPECT_FALSE(all["query"]["knn"]["vector"].contains("filter"));
  const Json some = Json::parse(DenseSearchBody({0.5F}, R"("must_not":[1])", 7));
  EXPECT_EQ(some["query"]["knn"]["vector"]["filter"]["bool"]["must_not"][0], 1);
}

TEST(PassageSearchTest, OrdersWhatWasFoundAndBreaksTiesByPassage) {
  const auto found = Parse(Hits(absl::StrCat(Hit(9, 1), ",", Hit(4, 2), ",", Hit(2, 1))));
  ASSERT_THAT(found, IsOk());
  std::vector<size_t> passages;
  for (const ScoredPassage& passage : (*found)[0].passages) passages.push_back(IndexOf(passage.passage));
  EXPECT_THAT(passages, ::testing::ElementsAre(4, 2, 9));
}

TEST(PassageSearchTest, TurnsScoresOfVectorsBackIntoInnerProducts) {
  const auto found = Parse(Hits(absl::StrCat(Hit(0, 1.75), ",", Hit(1, 1), ",", Hit(2, 0.5))), /*is_dense=*/true);
  ASSERT_THAT(found, IsOk());
  const std::vector<ScoredPassage>& passages = (*found)[0].passages;
  EXPECT_FLOAT_EQ(passages[0].score, 0.75F);
  EXPECT_FLOAT_EQ(passages[1].score, 0);
  EXPECT_FLOAT_EQ(passages[2].score, -1);
}

TEST(PassageSearchTest, SaysWhereSomeShardsAreMissing) {
  EXPECT_FALSE((*Parse(kNothing))[0].is_partial);
  const auto failed = Parse(Hits(Hit(1, 1), R"({"total":3,"failed":1})"));
  ASSERT_THAT(failed, IsOk());
  EXPECT_TRUE((*failed)[0].is_partial);
  EXPECT_THAT((*failed)[0].passages, SizeIs(1)) << "of those that are there";
  EXPECT_TRUE((*Parse(Hits("", R"({"total":3,"failed":0})", "true")))[0].is_partial);
}

TEST(PassageSearchTest, IsUnavailableWhereNoShardAnswers) {
  EXPECT_THAT(Parse(Hits("", R"({"total":2,"failed":2})")),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("health of the cluster")));
  EXPECT_THAT(Parse(R"({"status":503,"error":{"type":"search_phase_execution_exception","reason":"Doe"}})"),
              StatusIs(absl::StatusCode::kUnavailable, Not(HasSubstr("Doe"))));
  EXPECT_THAT(Parse(R"({"status":404,"error":{"type":"index_not_found_exception"}})"),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("retired")));
}

TEST(PassageSearchTest, SaysThatASearchWasRefusedAndNotWhatItAsked) {
  EXPECT_THAT(Parse(R"({"status":400,"error":{"type":"parsing_exception","reason":"[Doe]"}})"),
              StatusIs(absl::StatusCode::kInternal, AllOf(HasSubstr("parsing_exception"), Not(HasSubstr("Doe")))));
}

TEST(PassageSearchTest, RefusesAnAnswerThatIsNotOneOfOpenSearch) {
  const std::string shards = R"("timed_out":false,"_shards":{"total":2,"failed":0})";
  for (const std::string& response : {std::string("null"),
                                      std::string("1"),
                                      std::string("[]"),
                                      std::string("{}"),
                                      std::string(R"({"status":"200"})"),
                                      std::string(R"({"status":200})"),
                                      std::string(R"({"status":500})"),
                                      std::string(R"({"status":500,"error":"Doe"})"),
                                      std::string(R"({"status":200,"_shards":{"total":2,"failed":0}})"),
                                      std::string(R"({"status":200,"timed_out":false,"_shards":[]})"),
                                      absl::StrCat(R"({"status":200,)", shards, R"(,"hits":[]})"),
                                      absl::StrCat(R"({"status":200,)", shards, R"(,"hits":{"hits":1}})"),
                                      Hits("1"),
                                      Hits(R"({"_score":1})"),
                                      Hits(R"({"_score":null,"fields":{"passage":[1]}})"),
                                      Hits(R"({"_score":1,"fields":{"passage":[]}})"),
                                      Hits(R"({"_score":1,"fields":{"passage":["1"]}})"),
                                      Hits(Hit(-1, 1)),
                                      Hits(Hit(1, 0)),
                                      Hits(Hit(1, -1)),
                                      Hits(R"({"_score":1e300,"fields":{"passage":[1]}})"),
                                      Hits(R"({"_score":1,"fields":{"passage":[4294967296]}})"),
                                      Hits(R"({"_score":1,"fields":{"passage":[18446744073709551615]}})")}) {
    EXPECT_THAT(Parse(response), StatusIs(absl::StatusCode::kInternal, Not(HasSubstr("Doe")))) << response;
  }
  for (const char* answer : {"null", "[]", "{}", R"({"responses":{}})", R"({"responses":[]})"}) {
    EXPECT_THAT(PassageSearch::Parse(Json::parse(answer), {true}), StatusIs(absl::StatusCode::kInternal)) << answer;
  }
}

}  // namespace
}  // namespace bedside
