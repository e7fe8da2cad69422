// The abbreviations that a corpus defines, each with its long form and the number of documents that define it so.
//
// Immutable, thread-safe. Memory: 20 bytes and the text of each definition. docs/formats/query-tables.md has the
// format.
#ifndef BEDSIDE_INDEX_QUERY_ABBREVIATION_TABLE_H_
#define BEDSIDE_INDEX_QUERY_ABBREVIATION_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/lexical/lexical_format.h"
#include "index/text/lexical_analyzer.h"

namespace bedside {

class AbbreviationTable {
 public:
  static constexpr uint32_t kFormatVersion = 1;
  // Of the documents that define a form, as many must agree before it is expanded.
  static constexpr double kClearShare = 0.7;

  struct Entry {
    absl::string_view short_form;
    // As the first document that has it writes it.
    absl::string_view long_form;
    // NameKey of the long form.
    absl::string_view key;
    // At least 1.
    uint32_t documents;
  };

  // Holds no abbreviation.
  AbbreviationTable() = default;
  AbbreviationTable(const AbbreviationTable&) = delete;
  AbbreviationTable& operator=(const AbbreviationTable&) = delete;

  // Takes the bytes that AbbreviationTableBuilder::Finish made. DATA_LOSS: not such bytes, or cut short; every offset
  // is checked here. FAILED_PRECONDITION: a format or analyser version that this code does not read.
  static absl::StatusOr<std::unique_ptr<AbbreviationTable>> Open(std::string bytes);

  // Definitions in ascending order of their short form, those of one by falling number of documents.
  size_t size() const { return size_; }
  // REQUIRES: index < size()
  Entry entry(size_t index) const;

  // What the short form, letter case kept, stands for in this corpus: the long form of at least kClearShare of the
  // documents that define it. Unset where it is unknown or not clear. Logarithmic.
  absl::optional<Entry> LongFormOf(absl::string_view short_form) const;

  // The short form of the long form with this key: the one that most documents use, where that short form in turn
  // clearly stands for it. Logarithmic.
  absl::optional<Entry> ShortFormOf(absl::string_view key) const;

 private:
  struct Offsets {
    uint32_t short_form;
    uint32_t long_form;
    uint32_t key;
    uint32_t documents;
  };

  absl::Status Locate(std::string bytes);
  absl::Status CheckEntries() const;
  absl::Status CheckOrder() const;

  std::string bytes_;
  size_t size_ = 0;
  PackedArray<Offsets> offsets_;
  // Entries by key, those of one by falling number of documents.
  PackedArray<uint32_t> by_key_;
  absl::string_view text_;
};

// Harvests the definitions of documents. Not thread-safe. Memory: some 200 bytes for each distinct definition. The same
// documents in the same order give the same bytes.
class AbbreviationTableBuilder {
 public:
  // `analyzer` must outlive the builder.
  explicit AbbreviationTableBuilder(const LexicalAnalyzer* analyzer) : analyzer_(analyzer) {}

  // Adds a text of the current document. REQUIRES: IsValidUtf8(text)
  void Add(absl::string_view text);
  // What is added next belongs to another document.
  void NextDocument() { ++document_; }
  // Adds the definitions of other documents.
  void Add(const AbbreviationTable& table);

  // The bytes of the table; the builder is empty after that.
  std::string Finish();

 private:
  struct Definition {
    std::string long_form;
    uint32_t documents = 0;
    // The last that was counted, plus 1.
    uint32_t last = 0;
  };

  const LexicalAnalyzer* analyzer_;
  // By short form and key.
  std::map<std::pair<std::string, std::string>, Definition> definitions_;
  uint32_t document_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_ABBREVIATION_TABLE_H_
