#include "index/text/utf8.h"

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/text/code_point.h"
#include "unicode/bytestream.h"
#include "unicode/casemap.h"
#include "unicode/normalizer2.h"
#include "unicode/uchar.h"
#include "unicode/ucnv.h"
#include "unicode/unistr.h"
#include "unicode/utf8.h"

namespace bedside {
namespace {

icu::StringPiece Piece(absl::string_view text) {
  return icu::StringPiece(text.data(), static_cast<int32_t>(text.size()));
}

bool IsAscii(absl::string_view text) {
  for (char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

// What no font shows: spaces and joiners of no width, soft hyphens, variation selectors, tag characters, fillers.
bool IsInvisible(UChar32 c) {
  return c >= 0x80 && (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || (c >= 0xFFF9 && c <= 0xFFFB));
}

bool IsRemoved(UChar32 c) {
  if (c == '\n' || c == '\t') return false;
  return u_charType(c) == U_CONTROL_CHAR || IsInvisible(c) || u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL);
}

bool IsNoBreakSpace(UChar32 c) { return c == 0x00A0 || c == 0x202F; }

// Controls that part words: vertical tab, form feed, next line, and the separators of files, groups, records and units.
bool IsSeparator(UChar32 c) { return c == 0x0B || c == 0x0C || c == 0x85 || (c >= 0x1C && c <= 0x1F); }

// Whether texts are written in such encodings. Those that are left out pack Unicode for a wire, and hide from scanners
// what a text says; and of some bytes in one of them, SCSU, ICU 72 never comes to the end.
bool IsOfTexts(UConverterType type) {
  switch (type) {
    case UCNV_SBCS:
    case UCNV_DBCS:
    case UCNV_MBCS:
    case UCNV_LATIN_1:
    case UCNV_US_ASCII:
    case UCNV_UTF8:
    case UCNV_UTF16:
    case UCNV_UTF16_BigEndian:
    case UCNV_UTF16_LittleEndian:
    case UCNV_ISO_2022:
      return true;
    default:
      return false;
  }
}

// All of CanonicalText but NFC.
std::string Cleaned(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    UChar32 c = NextCodePoint(text, i);
    // Most of most texts, without a look at Unicode's tables.
    if (c >= ' ' && c <= '~') {
      out.push_back(static_cast<char>(c));
      continue;
    }
    if (c == '\r') {
      if (i < text.size() && text[i] == '\n') ++i;
      c = '\n';
    }
    if (IsNoBreakSpace(c) || IsSeparator(c)) c = ' ';
    if (!IsRemoved(c)) AppendCodePoint(c, out);
  }
  return out;
}

}  // namespace

bool IsValidUtf8(absl::string_view text) {
  const int32_t size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT(text.data(), i, size, c);
    if (c < 0) return false;
  }
  return true;
}

std::string CanonicalText(absl::string_view text) {
  const std::string cleaned = Cleaned(text);
  if (IsAscii(cleaned)) return cleaned;
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(cleaned.size()));
  UErrorCode error = U_ZERO_ERROR;
  icu::Normalizer2::getNFCInstance(error)->normalizeUTF8(0, Piece(cleaned), sink, nullptr, error);
  return out;
}

absl::StatusOr<std::string> ToUtf8(absl::string_view bytes, absl::string_view charset) {
  UErrorCode error = U_ZERO_ERROR;
  const std::string name(charset);
  const icu::LocalUConverterPointer converter(ucnv_open(name.c_str(), &error));
  if (name.empty() || U_FAILURE(error) || !IsOfTexts(ucnv_getType(converter.getAlias()))) {
    return absl::InvalidArgumentError(absl::StrCat("charset: wanted one that texts are written in, got '", charset,
                                                   "'; name the charset of the source, for example UTF-8"));
  }
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.getAlias(), error);
  if (U_FAILURE(error)) {
    return absl::InternalError(absl::StrCat("conversion from ", charset, " failed: ", u_errorName(error)));
  }
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::string FoldCase(absl::string_view text) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
  UErrorCode error = U_ZERO_ERROR;
  icu::CaseMap::utf8Fold(U_FOLD_CASE_DEFAULT, Piece(text), sink, nullptr, error);
  return out;
}

}  // namespace bedside
