// A folder in the format of BEIR (Thakur et al., "BEIR: a heterogeneous benchmark for zero-shot evaluation of
// information retrieval models", 2021): corpus.jsonl, queries.jsonl and qrels/test.tsv.
#ifndef BEDSIDE_TOOLS_EVAL_BEIR_DATASET_H_
#define BEDSIDE_TOOLS_EVAL_BEIR_DATASET_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/eval/ranking_metrics.h"

namespace bedside {

struct JudgedQuestion {
  std::string id;
  std::string text;
  // By the id that the document has in Bedside. At least one is relevant.
  Judgements judgements;
};

struct BeirDataset {
  std::string corpus_path;
  // In the order of queries.jsonl.
  std::vector<JudgedQuestion> questions;
  // Questions without a relevant document: they are no part of `questions`.
  size_t unjudged_questions = 0;
};

// NOT_FOUND: a file is missing. INVALID_ARGUMENT: a line cannot be read, a question occurs twice, or no question has a
// relevant document; the message says file and line. The corpus itself is not read.
absl::StatusOr<BeirDataset> ReadBeirDataset(const std::string& folder);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_BEIR_DATASET_H_
