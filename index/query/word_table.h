// The words of a corpus as they are written there, each with the number of passages that hold it: what a misspelt word
// of a question may have been meant to be. Only words of 3 to 40 letters a to z, accents left out; names with digits
// and other scripts are never taken for misspelt.
//
// Immutable, thread-safe. Memory: 12 bytes and the letters of each word. docs/formats/query-tables.md has the format.
#ifndef BEDSIDE_INDEX_QUERY_WORD_TABLE_H_
#define BEDSIDE_INDEX_QUERY_WORD_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/lexical/lexical_format.h"

namespace bedside {

class WordTable {
 public:
  static constexpr uint32_t kFormatVersion = 1;
  static constexpr size_t kMinLetters = 3;
  static constexpr size_t kMaxLetters = 40;

  // Holds no word.
  WordTable() = default;
  // Views of its own bytes are not copied.
  WordTable(const WordTable&) = delete;
  WordTable& operator=(const WordTable&) = delete;

  // Takes the bytes that WordTableBuilder::Finish made. DATA_LOSS: not such bytes, or cut short; every offset is
  // checked here. FAILED_PRECONDITION: a format that this code does not read.
  static absl::StatusOr<std::unique_ptr<WordTable>> Open(std::string bytes);

  // Words are numbered in ascending byte order.
  size_t size() const { return size_; }
  // REQUIRES: index < size(), here and below
  absl::string_view word(size_t index) const {
    return text_.substr(begins_[index], begins_[index + 1] - begins_[index]);
  }
  // Passages that hold the word, at least 1.
  uint32_t passages(size_t index) const { return passages_[index]; }
  // The set of its letters: bit 0 for a, bit 25 for z.
  uint32_t letters(size_t index) const { return letters_[index]; }

  // The number of `word`; unset for one that is unknown. Logarithmic.
  absl::optional<size_t> Find(absl::string_view word) const;

  // The range of the words that begin with `letter`, a to z.
  std::pair<size_t, size_t> BeginningWith(char letter) const {
    const size_t i = static_cast<size_t>(letter - 'a');
    return {first_[i], first_[i + 1]};
  }

  // As letters(), of any word of a to z.
  static uint32_t LettersOf(absl::string_view word);

 private:
  absl::Status Locate(std::string bytes);
  absl::Status CheckWords();

  std::string bytes_;
  size_t size_ = 0;
  PackedArray<uint32_t> begins_;
  PackedArray<uint32_t> passages_;
  absl::string_view text_;
  std::vector<uint32_t> letters_;
  std::array<size_t, 27> first_ = {};
};

// Counts the words of passages. Not thread-safe. Memory: some 60 bytes for each distinct word. The same texts give the
// same bytes.
class WordTableBuilder {
 public:
  // Adds a text of the current passage. REQUIRES: IsValidUtf8(text)
  void Add(absl::string_view text);
  // What is added next belongs to another passage.
  void NextPassage() { ++passage_; }
  // Adds the words of other passages.
  void Add(const WordTable& table);

  // The bytes of the table; the builder is empty after that.
  std::string Finish();

 private:
  struct Count {
    uint32_t passages = 0;
    // The last that was counted, plus 1.
    uint32_t last = 0;
  };

  absl::flat_hash_map<std::string, Count> counts_;
  uint32_t passage_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_WORD_TABLE_H_
