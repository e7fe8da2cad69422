// Collects the terms of passages, as an analyser made them, and writes the bytes that LexicalIndex reads.
// LexicalIndexBuilder is this class behind a LexicalAnalyzer. Not thread-safe.
//
// Memory while collecting: about 2 bytes for each term, passage and field where the term occurs, up to 4 where lists
// have just grown, some 100 for each distinct term, and 16 a passage. Finish gives it up term by term while the bytes
// grow. The same terms in the same order give the same bytes.
#ifndef BEDSIDE_INDEX_LEXICAL_LEXICAL_INDEX_WRITER_H_
#define BEDSIDE_INDEX_LEXICAL_LEXICAL_INDEX_WRITER_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "index/lexical/bm25f.h"
#include "index/lexical/occurrence_list.h"

namespace bedside {

// The terms of a passage, indexed by LexicalField.
using LexicalTerms = std::array<std::vector<std::string>, kLexicalFields>;

class LexicalIndexWriter {
 public:
  // The first call adds passage 0, the next passage 1.
  // REQUIRES: fewer than 2^32 passages, and fewer than 2^30 terms in a field
  void Add(const LexicalTerms& terms);

  // Of the passages so far.
  MeanFieldLengths MeanLengths() const;

  // The bytes of the index, in which lengths are compared with `means`, or with the passages' own where it is 0 for a
  // field; the writer is empty after that.
  std::string Finish(const MeanFieldLengths& means = {});

 private:
  using FieldLengths = std::array<uint32_t, kLexicalFields>;

  // Number of the term in occurrences_.
  uint32_t IdOf(const std::string& term);
  void AddField(const std::vector<std::string>& terms, uint32_t passage, uint32_t field);

  absl::flat_hash_map<std::string, uint32_t> term_ids_;
  std::vector<OccurrenceList> occurrences_;
  std::vector<FieldLengths> lengths_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_LEXICAL_INDEX_WRITER_H_
