// How much of what a reference says a text says too, in whatever words.
#ifndef BEDSIDE_TOOLS_EVAL_DECISIONS_EMBEDDING_RECALL_H_
#define BEDSIDE_TOOLS_EVAL_DECISIONS_EMBEDDING_RECALL_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "index/embedding/embedder.h"
#include "index/text/sentence_splitter.h"

namespace bedside {

// Of each of `texts`: mean, over the sentences of `reference`, of the best cosine with a sentence of the text, both
// embedded as passages. It is BERTScore's recall (Zhang and others, "BERTScore: evaluating text generation with BERT",
// 2020) with sentences in the place of tokens. 0 where the reference or the text has no sentence. Models
// give unrelated sentences cosines far above 0, so only the comparison of texts says something.
// One call of the embedder; its errors. REQUIRES: all are valid UTF-8
absl::StatusOr<std::vector<double>> EmbeddingRecalls(const SentenceSplitter& splitter, const Embedder& embedder,
                                                     absl::string_view reference, absl::Span<const std::string> texts);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_DECISIONS_EMBEDDING_RECALL_H_
