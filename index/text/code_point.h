// Reading and writing code points of UTF-8, for the sources of this folder. Malformed bytes read as U+FFFD; offsets are
// bytes; texts are shorter than 2 GiB.
#ifndef BEDSIDE_INDEX_TEXT_CODE_POINT_H_
#define BEDSIDE_INDEX_TEXT_CODE_POINT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "unicode/utf8.h"

namespace bedside {

// The code point that begins at text[offset], and moves `offset` behind it.
// REQUIRES: offset < text.size()
inline UChar32 NextCodePoint(absl::string_view text, size_t& offset) {
  const unsigned char byte = text[offset];
  if (byte < 0x80) {
    ++offset;
    return byte;
  }
  int32_t i = static_cast<int32_t>(offset);
  UChar32 c;
  U8_NEXT_OR_FFFD(text.data(), i, static_cast<int32_t>(text.size()), c);
  offset = i;
  return c;
}

// The code point that begins at text[offset]; U_SENTINEL (-1) at the end.
inline UChar32 CodePointAt(absl::string_view text, size_t offset) {
  return offset < text.size() ? NextCodePoint(text, offset) : U_SENTINEL;
}

// The code point that ends before text[offset], and moves `offset` to its begin.
// REQUIRES: 0 < offset <= text.size()
inline UChar32 PreviousCodePoint(absl::string_view text, size_t& offset) {
  int32_t i = static_cast<int32_t>(offset);
  UChar32 c;
  U8_PREV_OR_FFFD(text.data(), 0, i, c);
  offset = i;
  return c;
}

// The code point that ends before text[offset]; U_SENTINEL (-1) at the begin.
inline UChar32 CodePointBefore(absl::string_view text, size_t offset) {
  return offset > 0 ? PreviousCodePoint(text, offset) : U_SENTINEL;
}

// End of the longest run from `begin` of code points that satisfy `is_member`.
template <typename Predicate>
size_t EndOfRun(absl::string_view text, size_t begin, Predicate is_member) {
  size_t end = begin;
  for (size_t next = end; next < text.size() && is_member(NextCodePoint(text, next)); end = next) {
  }
  return end;
}

inline void AppendCodePoint(UChar32 c, std::string& text) {
  if (c < 0x80) {
    text.push_back(static_cast<char>(c));
    return;
  }
  char bytes[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, c);
  text.append(bytes, length);
}

}  // namespace bedside

#endif  // BEDSIDE_INDEX_TEXT_CODE_POINT_H_
