// A model that reads a question and a passage together and says how well the passage answers to the question: a
// BERT-family sequence classifier in ONNX. Source: Nogueira and Cho, "Passage re-ranking with BERT" (2019).
//
// Immutable, thread-safe. Cost: the model on question and passage, for every passage anew.
#ifndef BEDSIDE_INDEX_RANKING_CROSS_ENCODER_H_
#define BEDSIDE_INDEX_RANKING_CROSS_ENCODER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "index/embedding/pair_classifier.h"
#include "index/text/wordpiece_tokenizer.h"
#include "proto/bedside/config/retrieval_config.pb.h"

namespace bedside {

class CrossEncoder {
 public:
  // Reads model.onnx and tokenizer.json from config.model_path() and compiles the model: about a second. All files of
  // the folder, but for hidden ones, are part of the id: they may hold weights. NOT_FOUND: a file is missing;
  // DATA_LOSS: it cannot be read; the message names it. INVALID_ARGUMENT: a field out of range, no tokenizer.json of a
  // BERT model, or a model that PairClassifier refuses.
  static absl::StatusOr<std::unique_ptr<CrossEncoder>> Load(const config::CrossEncoderConfig& config);

  // Covers model, tokenizer, precision and truncation: scores of two may be compared only when their ids are equal.
  // Printable, at most 200 bytes, for example "cross-encoder/bf16/512/3fa9c01d5e8b7a64".
  const std::string& id() const { return id_; }

  // How well each of `passages` answers to `question`, in the order given: a logit, higher is better. Of a pair that is
  // longer than max_tokens, the end of the passage is cut off (WordPieceTokenizer::EncodePair). DEADLINE_EXCEEDED:
  // `deadline` passed before all were scored. INTERNAL: the model failed, or gave what is no finite number.
  // REQUIRES: all are valid UTF-8
  absl::StatusOr<std::vector<double>> Score(absl::string_view question, absl::Span<const std::string> passages,
                                            absl::Time deadline = absl::InfiniteFuture()) const;

 private:
  CrossEncoder(std::unique_ptr<WordPieceTokenizer> tokenizer, std::unique_ptr<PairClassifier> classifier,
               size_t max_tokens, std::string id);

  std::unique_ptr<WordPieceTokenizer> tokenizer_;
  std::unique_ptr<PairClassifier> classifier_;
  size_t max_tokens_;
  std::string id_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RANKING_CROSS_ENCODER_H_
