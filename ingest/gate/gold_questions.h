// A site's gold questions: what the gate of publication asks. The format: docs/formats/gold-questions.md.
#ifndef BEDSIDE_INGEST_GATE_GOLD_QUESTIONS_H_
#define BEDSIDE_INGEST_GATE_GOLD_QUESTIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/retrieval/ranking_metrics.h"

namespace bedside {

struct GoldQuestion {
  // Line of the file, from 1 on: how it is named, since its text is nobody's business.
  int line;
  std::string text;
  // The documents that should be found, each of grade 1; at least one.
  Judgements documents;
};

// The id in a document's or passage's resource name; anything else is an id.
std::string DocumentIdOf(absl::string_view name);

constexpr size_t kMaxGoldQuestions = 10'000;
constexpr size_t kMaxGoldFileBytes = 64 << 20;

// INVALID_ARGUMENT names the first line that is no question and what was wanted, without repeating any of it; also
// where there is no question, or more than kMaxGoldQuestions.
absl::StatusOr<std::vector<GoldQuestion>> ParseGoldQuestions(absl::string_view text);

// NOT_FOUND: the file cannot be read. INVALID_ARGUMENT: as ParseGoldQuestions, or it is larger than kMaxGoldFileBytes.
absl::StatusOr<std::vector<GoldQuestion>> ReadGoldQuestions(const std::string& path);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_GATE_GOLD_QUESTIONS_H_
