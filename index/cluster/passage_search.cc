#include "index/cluster/passage_search.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "index/cluster/segment_schema.h"
#include "index/lexical/bm25f.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using Json = nlohmann::json;

// The field is an integer.
constexpr int64_t kMostPassage = std::numeric_limits<int32_t>::max();

constexpr size_t kSearchesAtOnce = 8;

std::string Path() {
  return absl::StrCat("/_msearch?max_concurrent_searches=", kSearchesAtOnce,
                      "&filter_path=responses.status,responses.error.type,responses.timed_out,responses._shards.total,"
                      "responses._shards.failed,responses.hits.hits._score,responses.hits.hits.fields.passage");
}

// What is the same in all: only the number of each passage and its score are wanted.
std::string Head(size_t k) {
  return absl::StrCat(R"({"size":)", k,
                      R"(,"track_total_hits":false,"_source":false,"stored_fields":"_none_",)"
                      R"("docvalue_fields":["passage"],"query":)");
}

// Of the time that is left, so that what the other shards have found comes in time.
constexpr double kShareOfShards = 0.75;

// The first field of the body of each of so many searches, each of which has its time from its own start; empty: none.
std::string TimeoutField(absl::Time deadline, size_t searches) {
  if (deadline == absl::InfiniteFuture()) return "";
  const size_t turns = (searches + kSearchesAtOnce - 1) / kSearchesAtOnce;
  const absl::Duration each = (deadline - absl::Now()) * kShareOfShards / static_cast<double>(turns);
  return absl::StrCat(R"("timeout":")", std::max<int64_t>(absl::ToInt64Milliseconds(each), 1), R"(ms",)");
}

// The plugin's score of an inner product: 1 + s above 0, and 1 / (1 - s) below.
float InnerProductOf(float score) { return score >= 1 ? score - 1 : 1 - 1 / score; }

// Further out no score is: those of words are sums of weights, those of vectors of a model.
constexpr double kLeastScore = 1e-30;
constexpr double kMostScore = 1e9;

absl::StatusOr<PassageSearch::Found> FoundOf(const Json& response, bool is_dense) {
  PassageSearch::Found found;
  found.is_partial = response.at("timed_out").get<bool>() || response.at("_shards").at("failed").get<int>() > 0;
  if (!response.contains("hits")) return found;
  for (const Json& hit : response.at("hits").at("hits")) {
    const auto passage = hit.at("fields").at("passage").at(0).get<int64_t>();
    const auto score = hit.at("_score").get<double>();
    if (passage < 0 || passage > kMostPassage || score < kLeastScore || score > kMostScore) return UnexpectedAnswer();
    const auto said = static_cast<float>(score);
    found.passages.push_back({PassageAt(static_cast<size_t>(passage)), is_dense ? InnerProductOf(said) : said});
  }
  std::sort(found.passages.begin(), found.passages.end(), RanksBefore);
  return found;
}

// The terms that are asked for, in order.
std::vector<std::pair<std::string, uint32_t>> HeaviestOf(const LexicalQuery& query) {
  std::vector<std::pair<std::string, uint32_t>> terms(query.weights.begin(), query.weights.end());
  if (terms.size() <= kMostSearchedTerms) return terms;
  const auto end = terms.begin() + kMostSearchedTerms;
  std::nth_element(terms.begin(), end, terms.end(), [](const auto& a, const auto& b) {
    return std::tie(b.second, a.first) < std::tie(a.second, b.first);
  });
  terms.erase(end, terms.end());
  std::sort(terms.begin(), terms.end());
  return terms;
}

// Why a search came to nothing; OK where it did not.
absl::Status StatusOf(const Json& response) {
  const int http_status = response.at("status").get<int>();
  if (http_status / 100 == 2) {
    const Json& shards = response.at("_shards");
    const int total = shards.at("total").get<int>();
    if (shards.at("failed").get<int>() < total) return absl::OkStatus();
    return absl::UnavailableError("no shard of the index answered. Look at the health of the cluster.");
  }
  const absl::Status status = ClusterError(http_status, response.at("error").at("type").get<std::string>());
  if (!absl::IsNotFound(status)) return status;
  return absl::UnavailableError("the index of a segment is gone from the cluster. It was retired, or removed by hand.");
}

}  // namespace

std::string LexicalSearchBody(const LexicalQuery& query, absl::string_view clauses, size_t k) {
  std::string features;
  for (const auto& [term, weight] : HeaviestOf(query)) {
    absl::StrAppendFormat(&features, R"(%s{"rank_feature":{"field":%s,"boost":%.9g,"linear":{}}})",
                          features.empty() ? "" : ",", Json("terms." + FeatureName(term)).dump(),
                          weight * query.scale / kImpactLevels);
  }
  return absl::StrCat(Head(k), R"({"bool":{"should":[)", features, R"(],"minimum_should_match":1)",
                      clauses.empty() ? "" : ",", clauses, "}}}");
}

std::string DenseSearchBody(absl::Span<const float> vector, absl::string_view clauses, size_t k) {
  std::string values;
  for (const float value : vector) absl::StrAppendFormat(&values, "%s%.9g", values.empty() ? "" : ",", value);
  std::string filter;
  if (!clauses.empty()) filter = absl::StrCat(R"(,"filter":{"bool":{)", clauses, "}}");
  return absl::StrCat(Head(k), R"({"knn":{"vector":{"vector":[)", values, R"(],"k":)", k, filter, "}}}}");
}

void PassageSearch::Add(absl::string_view index, const std::string& body, bool is_dense) {
  searches_.push_back({std::string(index), body});
  kinds_.push_back(is_dense);
}

std::string PassageSearch::Lines() const {
  const std::string timeout = TimeoutField(deadline_, searches_.size());
  std::string lines;
  for (const Search& search : searches_) {
    absl::StrAppend(&lines, R"({"index":")", search.index, "\"}\n{", timeout, absl::string_view(search.body).substr(1),
                    "\n");
  }
  return lines;
}

absl::StatusOr<std::vector<PassageSearch::Found>> PassageSearch::Run() {
  ClusterRequest request;
  request.method = "POST";
  request.path = Path();
  request.body = Lines();
  request.is_lines = true;
  request.deadline = deadline_;
  ASSIGN_OR_RETURN(const Json answer, client_->Call(request));
  return Parse(answer, kinds_);
}

absl::StatusOr<std::vector<PassageSearch::Found>> PassageSearch::Parse(const Json& answer,
                                                                       const std::vector<bool>& is_dense) {
  std::vector<Found> found;
  try {
    for (size_t i = 0; i < is_dense.size(); ++i) {
      const Json& response = answer.at("responses").at(i);
      RETURN_IF_ERROR(StatusOf(response));
      ASSIGN_OR_RETURN(Found of_one, FoundOf(response, is_dense[i]));
      found.push_back(std::move(of_one));
    }
  } catch (const Json::exception&) {
    return UnexpectedAnswer();
  }
  return found;
}

}  // namespace bedside
