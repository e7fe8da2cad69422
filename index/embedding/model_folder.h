// The folder that holds a model: model.onnx, tokenizer.json, and whatever stands beside them.
//
// Thread-safe: functions without state.
#ifndef BEDSIDE_INDEX_EMBEDDING_MODEL_FOLDER_H_
#define BEDSIDE_INDEX_EMBEDDING_MODEL_FOLDER_H_

#include <string>

#include "absl/status/statusor.h"

namespace bedside {

std::string ModelFileIn(const std::string& folder);
std::string TokenizerFileIn(const std::string& folder);
// Needed by PRECISION_INT8 alone.
std::string RangesFileIn(const std::string& folder);

// Names and SHA-256 of all files of the model but for hidden ones: its weights may stand beside model.onnx, under any
// name. Cost: one reading of them. NOT_FOUND: model.onnx or tokenizer.json is missing; DATA_LOSS: a file cannot be
// read; INVALID_ARGUMENT: the folder cannot be listed. The message names the file.
absl::StatusOr<std::string> ModelFolderDigests(const std::string& folder);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_MODEL_FOLDER_H_
