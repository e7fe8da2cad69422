// Texts and bytes drawn from a seed, for properties that must hold for all of them.
#ifndef BEDSIDE_TESTS_INDEX_TEXT_RANDOM_TEXTS_H_
#define BEDSIDE_TESTS_INDEX_TEXT_RANDOM_TEXTS_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include "index/text/code_point.h"

namespace bedside {

class RandomTexts {
 public:
  explicit RandomTexts(uint32_t seed) : random_(seed) {}

  size_t Below(size_t bound) { return std::uniform_int_distribution<size_t>(0, bound - 1)(random_); }

  // Any bytes, fewer than `bound`; most are not valid UTF-8.
  std::string Bytes(size_t bound) {
    std::string bytes(Below(bound), '\0');
    for (char& byte : bytes) byte = static_cast<char>(Below(256));
    return bytes;
  }

  // Valid UTF-8 of fewer than `bound` pieces of medical prose: words, abbreviations, numbers, marks that end or open
  // sentences, accents on their own, and code points from anywhere.
  std::string Text(size_t bound) {
    static constexpr const char* kPieces[] = {
        "The ", "patient ", "e.g. ", "Dr. ", "vs. ", "E. ", "coli", "TNF-α",  "CD4+",   "HbA1c",  "0.5",
        " mg",  "/kg",      ".",     ". ",   "? ",   "! ",  "\n",   "\r\n",   " ",      "  ",     "(",
        ")",    "[3]",      "\"",    "“",    "”",    "-",   "–",    "\u0301", "\u00a0", "\u200b", "。",
        "胃",   "ก",        "🙂",  "İ",    "ß",    "+",   ",",    ".12",    "1",
    };
    std::string text;
    for (size_t pieces = Below(bound); pieces > 0; --pieces) {
      if (Below(8) == 0) {
        AppendCodePoint(AnyScalarValue(), text);
      } else {
        text += kPieces[Below(std::size(kPieces))];
      }
    }
    return text;
  }

 private:
  UChar32 AnyScalarValue() {
    const UChar32 c = static_cast<UChar32>(Below(Below(2) == 0 ? 0x3000 : 0x110000));
    return c >= 0xD800 && c < 0xE000 ? 0xFFFD : c;
  }

  std::mt19937 random_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_TEXT_RANDOM_TEXTS_H_
