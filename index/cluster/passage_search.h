// The searches of one question in the segments of a generation as one request (_msearch), and what came of it.
// Source: https://docs.opensearch.org/docs/2.19/api-reference/multi-search/ and .../query-dsl/specialized/k-nn/
#ifndef BEDSIDE_INDEX_CLUSTER_PASSAGE_SEARCH_H_
#define BEDSIDE_INDEX_CLUSTER_PASSAGE_SEARCH_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "index/cluster/cluster_client.h"
#include "index/lexical/lexical_query.h"
#include "index/passage/scored_passage.h"

namespace bedside {

// A query may have 1,024 clauses (indices.query.bool.max_clause_count), filters included.
constexpr size_t kMostSearchedTerms = 1000;

// The body of a search for the `k` best passages, as text. `clauses`: see BoolClausesOf. Of more terms than
// kMostSearchedTerms the heaviest are asked for.
std::string LexicalSearchBody(const LexicalQuery& query, absl::string_view clauses, size_t k);
std::string DenseSearchBody(absl::Span<const float> vector, absl::string_view clauses, size_t k);

class PassageSearch {
 public:
  // What one search found, best first.
  struct Found {
    std::vector<ScoredPassage> passages;
    // Shards failed, or ran out of time: what they hold is missing.
    bool is_partial = false;
  };

  // Reads the answer to searches of these kinds: one result a search. UNAVAILABLE: of one of them no shard answered.
  // INTERNAL: it is no answer of OpenSearch. Other errors are those of ClusterError.
  static absl::StatusOr<std::vector<Found>> Parse(const nlohmann::json& answer, const std::vector<bool>& is_dense);

  // `client` must outlive the object. A shard that is slow is left out some time before `deadline`, so that there is an
  // answer, which says so.
  PassageSearch(const ClusterClient* client, absl::Time deadline) : client_(client), deadline_(deadline) {}

  // Adds a search of `index`. Scores of dense ones are turned back into inner products. REQUIRES: `body` is one of
  // those above
  void Add(absl::string_view index, const std::string& body, bool is_dense);
  bool empty() const { return searches_.empty(); }

  // One result a search, in the order in which they were added. Errors are those of Parse and of ClusterClient::Call.
  // Once only.
  absl::StatusOr<std::vector<Found>> Run();

 private:
  struct Search {
    std::string index;
    std::string body;
  };

  // The body of the request.
  std::string Lines() const;

  const ClusterClient* client_;
  const absl::Time deadline_;
  std::vector<Search> searches_;
  std::vector<bool> kinds_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_PASSAGE_SEARCH_H_
