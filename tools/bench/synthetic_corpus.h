// Documents of any number, made of the phrases of a real corpus, and vectors for them: for measuring size and speed,
// where embedding a million passages would take hours and no judgement of the results is wanted.
#ifndef BEDSIDE_TOOLS_BENCH_SYNTHETIC_CORPUS_H_
#define BEDSIDE_TOOLS_BENCH_SYNTHETIC_CORPUS_H_

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "index/embedding/embedder.h"

namespace bedside {

// "title" and "text" of each line of corpus.jsonl of a BEIR folder, with a space between them. NOT_FOUND: there is no
// such file. INVALID_ARGUMENT: a line is no JSON object, or no line has text.
absl::StatusOr<std::vector<std::string>> ReadCorpusTexts(const std::string& folder);

// Texts with the words of others, as frequent and in the same short order as there: phrases of 3 to 12 words, each from
// a text drawn at random. One word in 500 occurs nowhere else, since vocabularies grow with their corpus. The same
// seed gives the same texts on every machine. Not thread-safe.
class SyntheticTexts {
 public:
  // `texts` must outlive the object and not be empty.
  SyntheticTexts(const std::vector<std::string>* texts, uint64_t seed) : texts_(texts), random_(seed) {}

  // A text of `words` words, or up to 11 more.
  std::string Next(size_t words);

 private:
  // Adds a phrase; returns its words.
  size_t AddPhrase(std::string* text);

  const std::vector<std::string>* texts_;
  std::mt19937_64 random_;
  uint64_t new_words_ = 0;
};

// A model that is run on questions only: a passage has the tokens of a real text and its vector with noise added,
// chosen by the passage's own bytes. Vectors so lie in the clusters in which those of the model lie. Thread-safe.
class SyntheticEmbedder : public Embedder {
 public:
  // Embeds `centres` with the model. Errors are those of the model. REQUIRES: !centres.empty()
  static absl::StatusOr<std::unique_ptr<SyntheticEmbedder>> Create(std::unique_ptr<Embedder> model,
                                                                   absl::Span<const std::string> centres);

  // That of the model, so that a server with the model serves what was made here.
  const std::string& id() const override { return model_->id(); }
  size_t dimension() const override { return model_->dimension(); }
  absl::StatusOr<PassageEmbeddings> EmbedPassages(absl::Span<const std::string> texts) const override;
  absl::StatusOr<std::vector<QuestionEmbedding>> EmbedQueries(absl::Span<const std::string> texts) const override {
    return model_->EmbedQueries(texts);
  }

 private:
  SyntheticEmbedder(std::unique_ptr<Embedder> model, PassageEmbeddings centres)
      : model_(std::move(model)), centres_(std::move(centres)) {}

  // Returns the centre that was chosen.
  size_t SetVector(absl::string_view text, absl::Span<float> vector) const;

  std::unique_ptr<Embedder> model_;
  PassageEmbeddings centres_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_SYNTHETIC_CORPUS_H_
