// A BERT-family encoder in ONNX, run by OpenVINO on the CPU.
//
// Precision is bf16 where the CPU has it, unless the configuration says otherwise (f32, or int8 for the products with
// weights: quantisation.h); on a CPU without it the embedder runs in f32 and logs that it does. Passages run
// in batches sorted by length, one a thread; questions, of which those that wait run together (query_batcher.h), on all
// threads.
// Thread-safe. Exceptions of OpenVINO become INTERNAL (run) or INVALID_ARGUMENT (a model that it cannot read).
#ifndef BEDSIDE_INDEX_EMBEDDING_OPENVINO_EMBEDDER_H_
#define BEDSIDE_INDEX_EMBEDDING_OPENVINO_EMBEDDER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "index/embedding/embedder.h"
#include "index/text/wordpiece_tokenizer.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

class OpenVinoEmbedder : public Embedder {
 public:
  // Reads model.onnx and tokenizer.json from config.model_path() and compiles the model: about a second.
  // All files of the folder, but for hidden ones, are part of the id: they may hold weights. NOT_FOUND: a file is
  // missing, or the adapter, or for int8 the ranges (activation_ranges.h); DATA_LOSS: it cannot be read; the message
  // names it. INVALID_ARGUMENT: a field out of range, no tokenizer.json of a BERT model, a model whose inputs or
  // outputs are not those of a BERT encoder, an adapter that is none or not its own, a question adapter that has not
  // learned the questions of this adapter and prefix, or ranges for int8 that are not those of this model with this
  // adapter. The adapter and its ranges are part of the id, a question adapter is not. The precision is
  // LosslessPrecision (cpu_precision.h).
  static absl::StatusOr<std::unique_ptr<OpenVinoEmbedder>> Create(const config::EmbedderConfig& config);
  ~OpenVinoEmbedder() override;

  const std::string& id() const override;
  size_t dimension() const override;
  absl::StatusOr<PassageEmbeddings> EmbedPassages(absl::Span<const std::string> texts) const override;
  absl::StatusOr<std::vector<QuestionEmbedding>> EmbedQueries(absl::Span<const std::string> texts) const override;

  // SHA-256 of model.onnx, lower-case hexadecimal.
  const std::string& file_sha256() const;

  // For chunking, which measures passages by it. Lives as long as the embedder.
  const WordPieceTokenizer& tokenizer() const;

 private:
  struct Model;
  explicit OpenVinoEmbedder(std::unique_ptr<Model> model);

  std::unique_ptr<Model> model_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_OPENVINO_EMBEDDER_H_
