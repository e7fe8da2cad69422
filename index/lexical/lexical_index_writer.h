// Collects the terms of passages, as an analyser made them, and writes the bytes that LexicalIndex reads.
// LexicalIndexBuilder is this class behind a LexicalAnalyzer. Not thread-safe.
//
// Memory while collecting: 8 bytes for each term, passage and field where the term occurs, up to 16 where lists have
// just grown, and 16 bytes a passage. The same terms in the same order give the same bytes.
#ifndef BEDSIDE_INDEX_LEXICAL_LEXICAL_INDEX_WRITER_H_
#define BEDSIDE_INDEX_LEXICAL_LEXICAL_INDEX_WRITER_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "index/lexical/bm25f.h"

namespace bedside {

// The terms of a passage, indexed by LexicalField.
using LexicalTerms = std::array<std::vector<std::string>, kLexicalFields>;

class LexicalIndexWriter {
 public:
  // The first call adds passage 0, the next passage 1.
  // REQUIRES: fewer than 2^32 passages, and fewer than 2^30 terms in a field
  void Add(const LexicalTerms& terms);

  // The bytes of the index; the writer is empty after that.
  std::string Finish();

 private:
  struct Occurrences {
    uint32_t passage;
    uint32_t field : 2;
    uint32_t count : 30;
  };
  using FieldLengths = std::array<uint32_t, kLexicalFields>;

  void AddOccurrence(const std::string& term, uint32_t passage, uint32_t field);
  std::array<double, kLexicalFields> MeanLengths() const;

  absl::flat_hash_map<std::string, uint32_t> term_ids_;
  std::vector<std::vector<Occurrences>> occurrences_;
  std::vector<FieldLengths> lengths_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_LEXICAL_INDEX_WRITER_H_
