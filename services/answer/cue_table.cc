#include "services/answer/cue_table.h"

#include <cmath>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr char kBias[] = "(bias)";
constexpr char kThreshold[] = "(threshold)";

bool ReadWeight(absl::string_view text, double* weight) {
  return absl::SimpleAtod(text, weight) && std::isfinite(*weight);
}

absl::Status Refused(size_t line, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("line ", line, " of the table of cues: ", why));
}

}  // namespace

absl::StatusOr<CueTable> CueTable::Parse(absl::string_view text) {
  CueTable table;
  size_t number = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    if (line.empty()) continue;
    const std::vector<absl::string_view> fields = absl::StrSplit(line, '\t');
    CueWeight weight;
    if (fields.size() != 3 || !ReadWeight(fields[0], &weight.finding) || !ReadWeight(fields[1], &weight.method)) {
      return Refused(number, "wanted two finite numbers and a cue, with tabs between them");
    }
    if (fields[2].empty() || fields[2].back() == '\r') return Refused(number, "wanted a cue, and no carriage return");
    if (!table.weights_.emplace(fields[2], weight).second) return Refused(number, "its cue stands there twice");
  }
  if (!table.weights_.contains(kBias) || !table.weights_.contains(kThreshold)) {
    return absl::InvalidArgumentError("the table of cues lacks (bias) or (threshold)");
  }
  table.bias_ = table.weights_.at(kBias);
  table.threshold_ = table.weights_.at(kThreshold);
  return table;
}

CueWeight CueTable::Of(const std::vector<std::string>& cues) const {
  CueWeight sum = bias_;
  for (const std::string& cue : cues) {
    const auto found = weights_.find(cue);
    if (found == weights_.end()) continue;
    sum.finding += found->second.finding;
    sum.method += found->second.method;
  }
  return sum;
}

}  // namespace bedside
