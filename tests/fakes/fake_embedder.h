// An Embedder without a model, for tests: a bag of hashed words.
//
// A text is cut into words (runs of ASCII letters, digits and bytes above 127, in lower case); each word adds one fixed
// pseudo-random vector; the sum is scaled to unit length. So texts with the same words in any order have the same
// vector, texts that share words are near (about cosine shared / sqrt(words of one * words of the other)) and texts
// that share none are close to orthogonal (standard deviation 1 / sqrt(dimension)). A text without words has the vector
// of the empty word. Its tokens are its words, with these vectors. The same text gives the same vector in every
// process: golden files may rely on it.
//
// Thread-safe. Cost: one pass over the text, `dimension` additions a word.
#ifndef BEDSIDE_TESTS_FAKES_FAKE_EMBEDDER_H_
#define BEDSIDE_TESTS_FAKES_FAKE_EMBEDDER_H_

#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "index/embedding/embedder.h"
#include "index/embedding/embedding_matrix.h"
#include "index/interaction/token_rotation.h"

namespace bedside {

class FakeEmbedder : public Embedder {
 public:
  // `variant` is part of the id and of every vector: two variants stand for two models whose vectors do not compare.
  // REQUIRES: dimension > 0
  explicit FakeEmbedder(size_t dimension = 64, const std::string& variant = "a");

  // For example "fake-bag-of-words/64/a".
  const std::string& id() const override;
  size_t dimension() const override;
  absl::StatusOr<PassageEmbeddings> EmbedPassages(absl::Span<const std::string> texts) const override;
  absl::StatusOr<std::vector<QuestionEmbedding>> EmbedQueries(absl::Span<const std::string> texts) const override;

  // From now on both calls fail with `status`; OkStatus() heals. Not to be called while another thread embeds.
  void FailWith(absl::Status status);

  // Passages embedded so far, failed calls not counted: tells a test whether vectors were reused.
  size_t passages_embedded() const { return passages_embedded_.load(); }

  // Questions embedded so far, failed calls not counted.
  size_t questions_embedded() const { return questions_embedded_.load(); }

 private:
  QuestionEmbedding QuestionOf(absl::string_view text) const;
  // The vectors of its words, one after another.
  std::vector<float> WordsOf(absl::string_view text) const;
  void Sum(absl::Span<const float> words, absl::Span<float> vector) const;

  const size_t dimension_;
  const std::string id_;
  const TokenRotation rotation_;
  absl::Status failure_;
  mutable std::atomic<size_t> passages_embedded_{0};
  mutable std::atomic<size_t> questions_embedded_{0};
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_FAKE_EMBEDDER_H_
