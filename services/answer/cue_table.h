// What cues of sentences weigh: a table that a person can read, as tools/report_cues/train.py writes it
// (docs/formats/report-cues.md).
//
// Immutable, thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_CUE_TABLE_H_
#define BEDSIDE_SERVICES_ANSWER_CUE_TABLE_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

// What speaks for a finding, and what for an aim or a method: log-odds.
struct CueWeight {
  double finding = 0;
  double method = 0;
};

class CueTable {
 public:
  // Lines of a weight for a finding, one for an aim or a method, and a cue, with tabs between them. INVALID_ARGUMENT: a
  // line that is none, with its number; a cue that comes twice; or no line "(bias)" or "(threshold)".
  static absl::StatusOr<CueTable> Parse(absl::string_view text);

  // The sum of the weights of those cues that have one, and of the bias.
  CueWeight Of(const std::vector<std::string>& cues) const;

  // From which on a sentence is a finding, an aim or a method.
  const CueWeight& threshold() const { return threshold_; }

 private:
  CueTable() = default;

  absl::flat_hash_map<std::string, CueWeight> weights_;
  CueWeight bias_;
  CueWeight threshold_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_CUE_TABLE_H_
