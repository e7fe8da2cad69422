#include "services/privacy/folded_text.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>

#include "index/text/code_point.h"

namespace bedside {
namespace {

constexpr int32_t kMostUnits = 32;

// Letters whose stroke is not a mark of their own, so that Unicode has no decomposition of them.
absl::string_view StrokedLetter(UChar32 c) {
  switch (c) {
    case 0xD8:
      return "O";
    case 0xF8:
      return "o";
    case 0x141:
      return "L";
    case 0x142:
      return "l";
    case 0x110:
      return "D";
    case 0x111:
      return "d";
    case 0xDF:
      return "ss";
    case 0xC6:
      return "AE";
    case 0xE6:
      return "ae";
    case 0x152:
      return "OE";
    case 0x153:
      return "oe";
    case 0x131:
      return "i";
    case 0xDE:
      return "Th";
    case 0xFE:
      return "th";
    default:
      return "";
  }
}

// ASCII of signs that differ in form only; 0: none.
char PlainSign(UChar32 c) {
  if (u_charType(c) == U_SPACE_SEPARATOR || c == '\t') return ' ';
  if (u_charType(c) == U_DASH_PUNCTUATION || c == 0x2212) return '-';
  if (c == 0x2018 || c == 0x2019 || c == 0x2BC || c == '`' || c == 0xB4) return '\'';
  if (c == 0x201C || c == 0x201D) return '"';
  const int32_t digit = u_charDigitValue(c);
  return digit >= 0 ? static_cast<char>('0' + digit) : '\0';
}

}  // namespace

FoldedText::FoldedText(absl::string_view original) {
  text_.reserve(original.size());
  for (size_t next = 0; next < original.size();) {
    const size_t offset = next;
    AppendFolded(NextCodePoint(original, next), offset);
  }
  begins_.push_back(static_cast<uint32_t>(original.size()));
}

void FoldedText::Append(absl::string_view bytes, size_t offset) {
  text_.append(bytes.data(), bytes.size());
  begins_.insert(begins_.end(), bytes.size(), static_cast<uint32_t>(offset));
}

void FoldedText::AppendFolded(int32_t c, size_t offset) {
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_charType(c) == U_NON_SPACING_MARK) return;
  if (const char sign = PlainSign(c); sign != '\0') return Append(absl::string_view(&sign, 1), offset);
  if (!StrokedLetter(c).empty()) return Append(StrokedLetter(c), offset);
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfkd = unorm2_getNFKDInstance(&error);
  UChar units[kMostUnits];
  const int32_t count = c < 0x80 ? -1 : unorm2_getDecomposition(nfkd, c, units, kMostUnits, &error);
  std::string folded;
  if (count < 0 || U_FAILURE(error)) AppendCodePoint(c, folded);
  for (int32_t i = 0; i < count && U_SUCCESS(error);) {
    UChar32 part = 0;
    U16_NEXT(units, i, count, part);
    if (u_charType(part) == U_NON_SPACING_MARK) continue;
    if (const char sign = PlainSign(part); sign != '\0') {
      folded.push_back(sign);
    } else {
      AppendCodePoint(part, folded);
    }
  }
  Append(folded, offset);
}

Span FoldedText::InOriginal(Span folded) const {
  Span span{begins_[folded.begin], begins_[folded.end]};
  // An end within the form of one character is behind that character.
  if (folded.end > folded.begin && span.end == begins_[folded.end - 1]) {
    span.end = *std::upper_bound(begins_.begin() + folded.end, begins_.end(), span.end);
  }
  return span;
}

}  // namespace bedside
