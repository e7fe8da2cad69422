// Numbers in the bytes of a lexical index; docs/formats/lexical-index.md has the whole format.
#ifndef BEDSIDE_INDEX_LEXICAL_LEXICAL_FORMAT_H_
#define BEDSIDE_INDEX_LEXICAL_LEXICAL_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "absl/strings/string_view.h"

namespace bedside {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the format is little-endian and read in place");

constexpr int kLexicalFormatVersion = 3;

struct LexicalHeader {
  char magic[8];
  uint32_t format_version;
  uint32_t analyzer_version;
  uint64_t passages;
  uint64_t terms;
  uint64_t blocks;
  uint64_t posting_bytes;
  uint64_t text_bytes;
};
static_assert(sizeof(LexicalHeader) == 56 && std::is_trivially_copyable<LexicalHeader>::value, "written as it lies");

// Where the text, the postings and the blocks of a term begin; those of the next entry are their end.
struct LexicalTermEntry {
  uint64_t text_begin;
  uint64_t postings_begin;
  uint32_t blocks_begin;
  // Passages that hold the term.
  uint32_t holders;
};
static_assert(sizeof(LexicalTermEntry) == 24, "written as it lies");

// The first and the last passage of a block.
struct LexicalBlock {
  uint32_t first;
  uint32_t last;
};
static_assert(sizeof(LexicalBlock) == 8, "written as it lies");

// Postings of each block of a term but the last, which has the rest.
constexpr size_t kLexicalBlockPostings = 64;

constexpr absl::string_view kLexicalMagic("BedsLex\n", sizeof(LexicalHeader::magic));

// An array of `T` in bytes of any alignment. The bytes must outlive it.
template <typename T>
class PackedArray {
 public:
  PackedArray() = default;
  explicit PackedArray(const char* begin) : begin_(begin) {}

  T operator[](size_t index) const {
    T value;
    std::memcpy(&value, begin_ + index * sizeof(T), sizeof(T));
    return value;
  }

  PackedArray From(size_t index) const { return PackedArray(begin_ + index * sizeof(T)); }

 private:
  const char* begin_ = nullptr;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_LEXICAL_FORMAT_H_
