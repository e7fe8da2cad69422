// What one search found, and the ranking of documents that each of its stages makes.
#ifndef BEDSIDE_TOOLS_EVAL_FOUND_EVIDENCE_H_
#define BEDSIDE_TOOLS_EVAL_FOUND_EVIDENCE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

namespace bedside {

struct FoundPassage {
  // Id of the passage's document.
  std::string document;
  // From 1; unset where the stage did not find the passage.
  absl::optional<int> lexical_rank;
  absl::optional<int> dense_rank;
  absl::optional<double> fused_score;
  // Cosine of question and passage.
  absl::optional<double> cosine;
  // Calibrated probability that the passage bears on the question; unset where the server gives none.
  absl::optional<double> relevance;
};

struct FoundEvidence {
  // Best first.
  std::vector<FoundPassage> passages;
  // A path of the search was not available.
  bool degraded = false;
};

// How far the way of a passage through the search is followed.
enum class Stage { kLexical, kDense, kFused, kFinal };

inline constexpr Stage kStages[] = {Stage::kLexical, Stage::kDense, Stage::kFused, Stage::kFinal};

// "lexical", "dense", "fused", "final"
absl::string_view StageName(Stage stage);

// Documents by `stage`, best first, each at its first passage. A rank of a single stage whose passage was not among
// those found holds "", which is no document: what stood there is unknown, and counts as not relevant. So the ranking
// of a single stage is exact as far as `evidence` holds its list, and a lower bound otherwise. Empty where no passage
// carries the score of the stage.
std::vector<std::string> RankedDocuments(const FoundEvidence& evidence, Stage stage);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_FOUND_EVIDENCE_H_
