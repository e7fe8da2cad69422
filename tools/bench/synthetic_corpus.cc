#include "tools/bench/synthetic_corpus.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "nlohmann/json.hpp"

namespace bedside {
namespace {

constexpr size_t kShortestPhrase = 3;
constexpr size_t kPhraseLengths = 10;
constexpr uint64_t kWordsToANewOne = 500;
// Length of the noise beside a centre of length 1: cosine of a passage and its centre is about 0.78, and of two
// passages of one centre about 0.6.
constexpr float kNoise = 0.8F;

std::string TextOf(const nlohmann::json& line) {
  return absl::StrCat(line.value("title", ""), " ", line.value("text", ""));
}

// Uniform in [-1, 1): std::uniform_real_distribution differs between libraries.
float Uniform(std::mt19937_64* random) {
  return static_cast<float>(static_cast<int64_t>((*random)() >> 11)) * 0x1p-52F - 1.0F;
}

uint64_t SeedOf(absl::string_view text) {
  uint64_t seed = 0;
  const std::string digest = Sha256(text);
  std::memcpy(&seed, digest.data(), sizeof(seed));
  return seed;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ReadCorpusTexts(const std::string& folder) {
  const std::string path = absl::StrCat(folder, "/corpus.jsonl");
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("there is no file ", path));
  std::vector<std::string> texts;
  std::string line;
  for (size_t number = 1; std::getline(file, line); ++number) {
    const nlohmann::json object = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!object.is_object()) return absl::InvalidArgumentError(absl::StrCat(path, ":", number, ": no JSON object"));
    std::string text = TextOf(object);
    if (text.find_first_not_of(' ') != std::string::npos) texts.push_back(std::move(text));
  }
  if (!texts.empty()) return texts;
  return absl::InvalidArgumentError(absl::StrCat(path, " holds no text"));
}

size_t SyntheticTexts::AddPhrase(std::string* text) {
  const std::string& source = (*texts_)[random_() % texts_->size()];
  const std::vector<absl::string_view> words = absl::StrSplit(source, ' ', absl::SkipEmpty());
  const size_t begin = random_() % words.size();
  const size_t length = std::min(kShortestPhrase + random_() % kPhraseLengths, words.size() - begin);
  absl::StrAppend(text, text->empty() ? "" : " ",
                  absl::StrJoin(words.begin() + begin, words.begin() + begin + length, " "));
  if (random_() % kWordsToANewOne >= length) return length;
  absl::StrAppend(text, " zq", new_words_++);
  return length + 1;
}

std::string SyntheticTexts::Next(size_t words) {
  std::string text;
  for (size_t have = 0; have < words;) have += AddPhrase(&text);
  return text;
}

absl::StatusOr<std::unique_ptr<SyntheticEmbedder>> SyntheticEmbedder::Create(std::unique_ptr<Embedder> model,
                                                                             absl::Span<const std::string> centres) {
  ASSIGN_OR_RETURN(PassageEmbeddings embeddings, model->EmbedPassages(centres));
  return std::unique_ptr<SyntheticEmbedder>(new SyntheticEmbedder(std::move(model), std::move(embeddings)));
}

absl::StatusOr<PassageEmbeddings> SyntheticEmbedder::EmbedPassages(absl::Span<const std::string> texts) const {
  PassageEmbeddings embeddings{EmbeddingMatrix(texts.size(), dimension()), {}};
  for (size_t i = 0; i < texts.size(); ++i) {
    const size_t centre = SetVector(texts[i], embeddings.vectors.row(i));
    embeddings.token_codes.push_back(centres_.token_codes[centre]);
  }
  return embeddings;
}

size_t SyntheticEmbedder::SetVector(absl::string_view text, absl::Span<float> vector) const {
  std::mt19937_64 random(SeedOf(text));
  const size_t chosen = random() % centres_.vectors.rows();
  const absl::Span<const float> centre = centres_.vectors.row(chosen);
  // The mean square of Uniform is 1/3.
  const float step = kNoise * std::sqrt(3.0F / static_cast<float>(vector.size()));
  float squares = 0;
  for (size_t i = 0; i < vector.size(); ++i) {
    vector[i] = centre[i] + step * Uniform(&random);
    squares += vector[i] * vector[i];
  }
  for (float& value : vector) value /= std::sqrt(squares);
  return chosen;
}

}  // namespace bedside
