// The folder that holds a model: model.onnx, tokenizer.json, and whatever stands beside them.
//
// Thread-safe: functions without state.
#ifndef BEDSIDE_INDEX_EMBEDDING_MODEL_FOLDER_H_
#define BEDSIDE_INDEX_EMBEDDING_MODEL_FOLDER_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"

namespace bedside {

std::string ModelFileIn(const std::string& folder);
std::string TokenizerFileIn(const std::string& folder);
// Needed by PRECISION_INT8 alone.
std::string RangesFileIn(const std::string& folder);

// The last part of the path of a model's file or folder: its name, without what is only true of this machine.
std::string ModelNameOf(const std::string& path);

// SHA-256 of all files of a model but for hidden ones: its weights may stand beside model.onnx, under any name.
struct ModelDigests {
  // By path from the folder; lower-case hexadecimal. model.onnx is among them.
  std::map<std::string, std::string> files;

  const std::string& model_file() const;
  // A line a file: name and digest.
  std::string text() const;
};

// Cost: one reading of the files. NOT_FOUND: model.onnx or tokenizer.json is missing; DATA_LOSS: a file cannot be read;
// INVALID_ARGUMENT: the folder cannot be listed. The message names the file.
absl::StatusOr<ModelDigests> ReadModelDigests(const std::string& folder);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_MODEL_FOLDER_H_
