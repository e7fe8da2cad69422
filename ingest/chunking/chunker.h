// Cuts a document into passages: never across a section; at sentences within a paragraph; between list items and table
// rows, never inside one. Adjacent blocks of a section are joined up to the target; a table is kept whole when it fits
// into the model's window, and otherwise split between rows, each part with caption and header as its context.
// A single sentence or row that is longer than the target is a passage of its own. A label stays with the list below it
// where both fit.
//
// The passages of a document, in order, cover every byte of its blocks exactly once. The same document gives the same
// passages on every run. A passage names the label of the innermost section that has one, and of the contexts of its
// blocks the lines that it does not hold itself. Thread-safe.
#ifndef BEDSIDE_INGEST_CHUNKING_CHUNKER_H_
#define BEDSIDE_INGEST_CHUNKING_CHUNKER_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "index/text/sentence_splitter.h"
#include "index/text/wordpiece_tokenizer.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "proto/bedside/storage/document.pb.h"
#include "proto/bedside/storage/passage.pb.h"

namespace bedside {

class Chunker {
 public:
  // `tokenizer` measures passages and must outlive the chunker. INVALID_ARGUMENT: target_tokens out of range.
  static absl::StatusOr<std::unique_ptr<Chunker>> Create(const config::ChunkingConfig& config,
                                                         const WordPieceTokenizer* tokenizer);
  ~Chunker();

  // Passages in the order of the text; Passage.document is left 0 for the caller. Linear in the text.
  std::vector<storage::Passage> Chunk(const storage::Document& document) const;

 private:
  Chunker(size_t target_tokens, const WordPieceTokenizer* tokenizer, std::unique_ptr<SentenceSplitter> splitter);

  size_t target_tokens_;
  const WordPieceTokenizer* tokenizer_;
  std::unique_ptr<SentenceSplitter> splitter_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CHUNKING_CHUNKER_H_
