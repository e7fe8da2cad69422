// A folder in the format of BEIR (Thakur et al., "BEIR: a heterogeneous benchmark for zero-shot evaluation of
// information retrieval models", 2021): corpus.jsonl, queries.jsonl and qrels/test.tsv.
#ifndef BEDSIDE_TOOLS_EVAL_BEIR_DATASET_H_
#define BEDSIDE_TOOLS_EVAL_BEIR_DATASET_H_

#include <string>

#include "absl/status/statusor.h"
#include "tools/eval/evaluation_dataset.h"

namespace bedside {

// Whether `path` is a folder with queries.jsonl.
bool IsBeirDataset(const std::string& path);

// NOT_FOUND: a file is missing. INVALID_ARGUMENT: a line cannot be read, a question occurs twice, or no question has a
// relevant document; the message says file and line. The corpus itself is not read.
absl::StatusOr<EvaluationDataset> ReadBeirDataset(const std::string& folder);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_BEIR_DATASET_H_
