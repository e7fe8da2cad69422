// The tokenizer of uncased BERT models: clean, NFD without accents, lower case, CJK characters and punctuation apart,
// then the longest pieces of the vocabulary, "##" continuing a word. Reads the `tokenizer.json` of the model and obeys
// its normaliser flags. Equal, id by id, to the reference implementation (wordpiece_golden_test.cc).
// Source: Devlin et al., BERT (2019); the format of the `tokenizers` library.
//
// Thread-safe, immutable.
#ifndef BEDSIDE_INDEX_TEXT_WORDPIECE_TOKENIZER_H_
#define BEDSIDE_INDEX_TEXT_WORDPIECE_TOKENIZER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

// Two texts that a model reads together.
struct TokenPair {
  // [CLS] pieces of the first [SEP] pieces of the second [SEP].
  std::vector<int64_t> ids;
  // Tokens up to the first [SEP], that included: those of type 0. The others are of type 1.
  size_t first_part;
};

class WordPieceTokenizer {
 public:
  // NOT_FOUND: no such file. INVALID_ARGUMENT: not a WordPiece tokenizer.json; the message says what is missing.
  static absl::StatusOr<std::unique_ptr<WordPieceTokenizer>> Create(const std::string& tokenizer_json_path);
  ~WordPieceTokenizer();

  // [CLS] pieces [SEP], at most `max_tokens` with both; what exceeds is cut off at the end.
  // REQUIRES: max_tokens >= 2 and IsValidUtf8(text)
  std::vector<int64_t> Encode(absl::string_view text, size_t max_tokens) const;

  // At most `max_tokens` with all three special tokens. What exceeds is cut off at the end of `second`; of `first` only
  // where it is more than half of what there is room for, and then no more than `second` needs.
  // REQUIRES: max_tokens >= 5 and both are valid UTF-8
  TokenPair EncodePair(absl::string_view first, absl::string_view second, size_t max_tokens) const;

  // Pieces of `text`, without [CLS] and [SEP].
  size_t CountPieces(absl::string_view text) const;

  int64_t pad_id() const;

 private:
  struct Vocabulary;
  explicit WordPieceTokenizer(std::unique_ptr<Vocabulary> vocabulary);

  std::unique_ptr<Vocabulary> vocabulary_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_TEXT_WORDPIECE_TOKENIZER_H_
