// The template of a path, as google/api/http.proto has it: "/v1/{name=corpora/*/answers/*}:replay". Of that grammar,
// what the API uses: literals, "*" for one segment, "**" for one or more at the end, variables, and a verb.
//
// Immutable, thread-safe.
#ifndef BEDSIDE_SERVICES_GATEWAY_ROUTE_TEMPLATE_H_
#define BEDSIDE_SERVICES_GATEWAY_ROUTE_TEMPLATE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace bedside {

// Fields of the request and their values, with percent-encoding undone.
using PathVariables = std::vector<std::pair<std::string, std::string>>;

class RouteTemplate {
 public:
  // REQUIRES: `text` is a template of that grammar.
  explicit RouteTemplate(absl::string_view text);

  // What the variables are in `path`, which has no query; unset where it is not of this template. Encoded slashes in a
  // variable stay encoded, as http.proto has it.
  absl::optional<PathVariables> Match(absl::string_view path) const;

  struct Variable {
    std::string field;
    // Segments, [begin, end).
    size_t begin;
    size_t end;
  };

  // Literals, "*" and "**".
  const std::vector<std::string>& segments() const { return segments_; }
  const std::vector<Variable>& variables() const { return variables_; }
  // Without its colon; empty: none.
  const std::string& verb() const { return verb_; }

 private:
  bool MatchesSegments(const std::vector<absl::string_view>& segments) const;
  bool has_tail() const { return !segments_.empty() && segments_.back() == "**"; }

  std::vector<std::string> segments_;
  std::vector<Variable> variables_;
  std::string verb_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_ROUTE_TEMPLATE_H_
