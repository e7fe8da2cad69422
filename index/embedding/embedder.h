// Turns text into vectors whose inner product says how close two texts are.
//
// Implementations are thread-safe.
#ifndef BEDSIDE_INDEX_EMBEDDING_EMBEDDER_H_
#define BEDSIDE_INDEX_EMBEDDING_EMBEDDER_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "index/embedding/embedding_matrix.h"
#include "index/interaction/question_tokens.h"

namespace bedside {

// What texts to search in become.
struct PassageEmbeddings {
  // A unit vector a text.
  EmbeddingMatrix vectors;
  // One a text: the codes of its tokens (index/interaction/token_codes.h), without those of prefix and model.
  std::vector<std::string> token_codes;
};

// What a question becomes.
struct QuestionEmbedding {
  // Of unit length.
  std::vector<float> vector;
  // Without the tokens of prefix and model.
  QuestionTokens tokens;
};

class Embedder {
 public:
  virtual ~Embedder() = default;

  // Covers all that a passage's vector depends on, and what a question has to be like to be compared with it: vectors
  // of two embedders may be compared only when their ids are equal. Printable, at most 200 bytes, for example
  // "onnx-384/cls/bf16/512/3fa9c01d5e8b7a64".
  virtual const std::string& id() const = 0;

  // Floats in a vector.
  virtual size_t dimension() const = 0;

  // In the order given. Any number of texts: the implementation batches by length.
  // An empty text has a vector like any other. Cost: the model, see
  // docs/performance.md for measurements. INTERNAL: the model failed, or gave a vector of no finite length.
  virtual absl::StatusOr<PassageEmbeddings> EmbedPassages(absl::Span<const std::string> texts) const = 0;

  // Of questions, in the order given: each the same whatever else is being embedded. Never waits for passages that are
  // being embedded for longer than one batch. REQUIRES: there is a question
  virtual absl::StatusOr<std::vector<QuestionEmbedding>> EmbedQueries(absl::Span<const std::string> texts) const = 0;

  absl::StatusOr<QuestionEmbedding> EmbedQuery(absl::string_view text) const {
    absl::StatusOr<std::vector<QuestionEmbedding>> embeddings = EmbedQueries({std::string(text)});
    if (!embeddings.ok()) return embeddings.status();
    return std::move(embeddings->front());
  }
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_EMBEDDER_H_
