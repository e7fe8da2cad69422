// Reads a dataset of any format that the evaluation knows, recognised by its content.
#ifndef BEDSIDE_TOOLS_EVAL_DATASET_READER_H_
#define BEDSIDE_TOOLS_EVAL_DATASET_READER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/eval/evaluation_dataset.h"

namespace bedside {

// `folder` is where a corpus without its questions is written, where one has to be made; it may exist, and what an
// earlier call left there is replaced. NOT_FOUND: nothing is at `path`. INVALID_ARGUMENT: nothing there is a dataset
// (the message lists the formats), or errors of the format's reader.
absl::StatusOr<EvaluationDataset> ReadDataset(const std::string& path, const std::string& folder);

// The questions alone. Errors as above; UNAVAILABLE: no temporary folder can be made.
absl::StatusOr<std::vector<JudgedQuestion>> ReadQuestions(const std::string& path);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_DATASET_READER_H_
