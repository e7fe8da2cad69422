#include "services/gateway/route_template.h"

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/gateway/percent_encoding.h"

namespace bedside {
namespace {

// The path without its verb, and the verb: what follows the last colon of the last segment. No name of the API has one.
std::pair<absl::string_view, absl::string_view> SplitVerb(absl::string_view path) {
  const size_t colon = path.rfind(':');
  if (colon == path.npos || path.find('/', colon) != path.npos) return {path, ""};
  return {path.substr(0, colon), path.substr(colon + 1)};
}

std::vector<absl::string_view> SegmentsOf(absl::string_view path) {
  return absl::StrSplit(absl::StripPrefix(path, "/"), '/');
}

}  // namespace

RouteTemplate::RouteTemplate(absl::string_view text) {
  const auto [path, verb] = SplitVerb(text);
  verb_ = std::string(verb);
  for (absl::string_view part : SegmentsOf(path)) {
    if (absl::ConsumePrefix(&part, "{")) {
      const std::pair<absl::string_view, absl::string_view> named = absl::StrSplit(part, absl::MaxSplits('=', 1));
      variables_.push_back({std::string(named.first), segments_.size(), 0});
      part = named.second;
    }
    const bool ends_variable = absl::ConsumeSuffix(&part, "}");
    segments_.emplace_back(part);
    if (ends_variable) variables_.back().end = segments_.size();
  }
}

bool RouteTemplate::MatchesSegments(const std::vector<absl::string_view>& segments) const {
  if (has_tail() ? segments.size() < segments_.size() : segments.size() != segments_.size()) return false;
  for (size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].empty()) return false;
    if (i >= segments_.size() || absl::StartsWith(segments_[i], "*")) continue;
    if (segments[i] != segments_[i]) return false;
  }
  return true;
}

absl::optional<PathVariables> RouteTemplate::Match(absl::string_view path) const {
  const auto [bare, verb] = SplitVerb(path);
  const std::vector<absl::string_view> segments = SegmentsOf(bare);
  if (verb != verb_ || !absl::StartsWith(path, "/") || !MatchesSegments(segments)) return absl::nullopt;
  PathVariables variables;
  for (const Variable& variable : variables_) {
    const bool to_end = has_tail() && variable.end == segments_.size();
    const auto end = to_end ? segments.end() : segments.begin() + variable.end;
    absl::optional<std::string> value =
        DecodePercent(absl::StrJoin(segments.begin() + variable.begin, end, "/"), /*keeps_slashes=*/true);
    if (!value.has_value()) return absl::nullopt;
    variables.emplace_back(variable.field, *std::move(value));
  }
  return variables;
}

}  // namespace bedside
