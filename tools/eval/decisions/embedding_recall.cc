#include "tools/eval/decisions/embedding_recall.h"

#include <algorithm>
#include <numeric>

#include "index/status/status_macros.h"

namespace bedside {
namespace {

// A range of rows.
struct Rows {
  size_t begin;
  size_t end;
};

double Cosine(absl::Span<const float> a, absl::Span<const float> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

double Recall(const EmbeddingMatrix& vectors, const Rows& reference, const Rows& text) {
  if (reference.begin == reference.end || text.begin == text.end) return 0;
  double sum = 0;
  for (size_t i = reference.begin; i < reference.end; ++i) {
    double best = -1;
    for (size_t j = text.begin; j < text.end; ++j) best = std::max(best, Cosine(vectors.row(i), vectors.row(j)));
    sum += best;
  }
  return sum / static_cast<double>(reference.end - reference.begin);
}

Rows AppendSentences(const SentenceSplitter& splitter, absl::string_view text, std::vector<std::string>* sentences) {
  const size_t begin = sentences->size();
  for (const Span& span : splitter.Split(text)) sentences->emplace_back(text.substr(span.begin, span.size()));
  return {begin, sentences->size()};
}

}  // namespace

absl::StatusOr<std::vector<double>> EmbeddingRecalls(const SentenceSplitter& splitter, const Embedder& embedder,
                                                     absl::string_view reference, absl::Span<const std::string> texts) {
  std::vector<std::string> sentences;
  const Rows wanted = AppendSentences(splitter, reference, &sentences);
  std::vector<Rows> rows;
  for (const std::string& text : texts) rows.push_back(AppendSentences(splitter, text, &sentences));
  ASSIGN_OR_RETURN(const PassageEmbeddings embedded, embedder.EmbedPassages(sentences));
  std::vector<double> recalls;
  for (const Rows& text : rows) recalls.push_back(Recall(embedded.vectors, wanted, text));
  return recalls;
}

}  // namespace bedside
