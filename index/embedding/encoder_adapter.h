// What training adds to an encoder so that it finds evidence better: changes of its biases and of the parameters of its
// norms, read from a file (docs/formats/encoder-adapter.md). Products with weights stay as they are, so an adapted
// encoder takes the same time. Ben Zaken, Ravfogel and Goldberg, "BitFit" (2022), https://arxiv.org/abs/2106.10199.
// One for questions alone makes of them what another makes of them behind a prefix.
//
// Immutable, thread-safe.
#ifndef BEDSIDE_INDEX_EMBEDDING_ENCODER_ADAPTER_H_
#define BEDSIDE_INDEX_EMBEDDING_ENCODER_ADAPTER_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "openvino/openvino.hpp"
#include "proto/bedside/storage/encoder_adapter.pb.h"

namespace bedside {

class EncoderAdapter {
 public:
  // NOT_FOUND: no such file; DATA_LOSS: it cannot be read to its end; INVALID_ARGUMENT: none of this format, or one
  // that names no change. The message names the file, as do those of AddTo.
  static absl::StatusOr<EncoderAdapter> Load(const std::string& path);
  // As Load; INVALID_ARGUMENT too: it was trained for another model.onnx than that of SHA-256 `model_digest`.
  static absl::StatusOr<EncoderAdapter> LoadFor(absl::string_view model_digest, const std::string& path);

  // SHA-256 of the file, lower-case hexadecimal.
  const std::string& digest() const { return digest_; }
  // SHA-256 of the model.onnx that it was trained for, lower-case hexadecimal.
  const std::string& model_digest() const { return adapter_.model_sha256(); }

  // INVALID_ARGUMENT: it is for questions alone.
  absl::Status CheckIsForAllTexts() const;
  // INVALID_ARGUMENT: it has not learned the questions that stand behind `query_prefix`, encoded with the adapter of
  // SHA-256 `adapter_digest`; empty: with none.
  absl::Status CheckIsForQuestionsOf(absl::string_view adapter_digest, absl::string_view query_prefix) const;

  // Adds its changes to the constants of `model`, as read from ONNX. INVALID_ARGUMENT: the model has no vector of
  // floats of a name or size that is wanted (a bias or a parameter of a norm is one), a name comes twice, or a sum is
  // not finite; the model is then half changed. Throws what OpenVINO throws.
  absl::Status AddTo(ov::Model& model) const;

 private:
  EncoderAdapter(std::string path, std::string digest, storage::EncoderAdapter adapter)
      : path_(std::move(path)), digest_(std::move(digest)), adapter_(std::move(adapter)) {}

  std::string path_, digest_;
  storage::EncoderAdapter adapter_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_ENCODER_ADAPTER_H_
