// A model whose vectors of some questions were computed before: to measure everything but the encoder.
//
// Thread-safe after Remember.
#ifndef BEDSIDE_TOOLS_BENCH_REMEMBERED_EMBEDDER_H_
#define BEDSIDE_TOOLS_BENCH_REMEMBERED_EMBEDDER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "index/embedding/embedder.h"

namespace bedside {

class RememberedEmbedder : public Embedder {
 public:
  explicit RememberedEmbedder(std::unique_ptr<Embedder> model) : model_(std::move(model)) {}

  // Embeds the questions. Errors are those of the model.
  absl::Status Remember(absl::Span<const std::string> questions);

  // Those of the model.
  const std::string& id() const override { return model_->id(); }
  size_t dimension() const override { return model_->dimension(); }
  absl::StatusOr<EmbeddingMatrix> EmbedPassages(absl::Span<const std::string> texts) const override {
    return model_->EmbedPassages(texts);
  }

  // NOT_FOUND: the question was not remembered; the model is not asked.
  absl::StatusOr<std::vector<float>> EmbedQuery(absl::string_view text) const override;

 private:
  std::unique_ptr<Embedder> model_;
  absl::flat_hash_map<std::string, std::vector<float>> vectors_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_REMEMBERED_EMBEDDER_H_
