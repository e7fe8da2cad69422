// Collects the terms of passages and writes the bytes that LexicalIndex reads. Not thread-safe.
// Memory: that of LexicalIndexWriter. The same passages in the same order give the same bytes.
#ifndef BEDSIDE_INDEX_LEXICAL_LEXICAL_INDEX_BUILDER_H_
#define BEDSIDE_INDEX_LEXICAL_LEXICAL_INDEX_BUILDER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "index/lexical/bm25f.h"
#include "index/lexical/lexical_index_writer.h"
#include "index/text/lexical_analyzer.h"

namespace bedside {

// The text of a passage by field.
struct LexicalFields {
  absl::string_view title;
  absl::string_view headings;
  absl::string_view body;
  absl::string_view tags;
};

class LexicalIndexBuilder {
 public:
  // `analyzer` must outlive the builder.
  explicit LexicalIndexBuilder(const LexicalAnalyzer* analyzer);

  // The first call adds passage 0, the next passage 1.
  // REQUIRES: the fields are valid UTF-8
  void Add(const LexicalFields& fields);

  // See LexicalIndexWriter.
  MeanFieldLengths MeanLengths() const { return writer_.MeanLengths(); }
  std::string Finish(const MeanFieldLengths& means = {}) { return writer_.Finish(means); }

 private:
  const LexicalAnalyzer* analyzer_;
  LexicalIndexWriter writer_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_LEXICAL_INDEX_BUILDER_H_
