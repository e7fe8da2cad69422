#include "tests/fakes/fake_embedder.h"

#include <cmath>
#include <cstdint>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "index/hash/split_mix.h"
#include "index/interaction/token_codes.h"

namespace bedside {
namespace {

bool IsWordByte(char c) { return absl::ascii_isalnum(c) || static_cast<unsigned char>(c) >= 0x80; }

// FNV-1a over the bytes in lower case.
uint64_t HashWord(uint64_t seed, absl::string_view word) {
  uint64_t hash = seed;
  for (char c : word) hash = (hash ^ static_cast<unsigned char>(absl::ascii_tolower(c))) * 0x100000001b3u;
  return hash;
}

// Adds the vector that belongs to the word: integers in [-2048, 2048), so that the sum does not depend on the order.
void AddWord(uint64_t seed, absl::string_view word, absl::Span<float> vector) {
  SplitMix64 random(HashWord(seed, word));
  for (float& value : vector) value += static_cast<float>(random.Next() >> 52) - 2048.0f;
}

void Normalise(absl::Span<float> vector) {
  double squares = 0;
  for (float value : vector) squares += double{value} * value;
  for (float& value : vector) value = static_cast<float>(value / std::sqrt(squares));
}

}  // namespace

FakeEmbedder::FakeEmbedder(size_t dimension, const std::string& variant)
    : dimension_(dimension), id_(absl::StrCat("fake-bag-of-words/", dimension, "/", variant)), rotation_(dimension) {}

const std::string& FakeEmbedder::id() const { return id_; }

size_t FakeEmbedder::dimension() const { return dimension_; }

absl::StatusOr<PassageEmbeddings> FakeEmbedder::EmbedPassages(absl::Span<const std::string> texts) const {
  if (!failure_.ok()) return failure_;
  PassageEmbeddings embeddings{EmbeddingMatrix(texts.size(), dimension_), {}};
  for (size_t i = 0; i < texts.size(); ++i) {
    const std::vector<float> words = WordsOf(texts[i]);
    Sum(words, embeddings.vectors.row(i));
    embeddings.token_codes.push_back(TokenCodesOf(words, rotation_));
  }
  passages_embedded_ += texts.size();
  return embeddings;
}

absl::StatusOr<std::vector<QuestionEmbedding>> FakeEmbedder::EmbedQueries(absl::Span<const std::string> texts) const {
  if (!failure_.ok()) return failure_;
  std::vector<QuestionEmbedding> embeddings;
  for (const std::string& text : texts) embeddings.push_back(QuestionOf(text));
  questions_embedded_ += texts.size();
  return embeddings;
}

QuestionEmbedding FakeEmbedder::QuestionOf(absl::string_view text) const {
  const std::vector<float> words = WordsOf(text);
  QuestionEmbedding embedding{std::vector<float>(dimension_), QuestionTokens(words, rotation_)};
  Sum(words, absl::MakeSpan(embedding.vector));
  return embedding;
}

void FakeEmbedder::FailWith(absl::Status status) { failure_ = std::move(status); }

std::vector<float> FakeEmbedder::WordsOf(absl::string_view text) const {
  const uint64_t seed = HashWord(0xcbf29ce484222325u, id_);
  std::vector<float> words;
  const auto add = [&](absl::string_view word) {
    words.resize(words.size() + dimension_);
    AddWord(seed, word, absl::MakeSpan(words).last(dimension_));
  };
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    while (end < text.size() && IsWordByte(text[end])) ++end;
    if (end > begin) add(text.substr(begin, end - begin));
    begin = end + 1;
  }
  if (words.empty()) add("");
  return words;
}

void FakeEmbedder::Sum(absl::Span<const float> words, absl::Span<float> vector) const {
  for (size_t i = 0; i < words.size(); ++i) vector[i % dimension_] += words[i];
  Normalise(vector);
}

}  // namespace bedside
