#include "services/generation/disguised_text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "index/text/code_point.h"
#include "index/text/utf8.h"

namespace bedside {
namespace {

// Bytes of encoded text below which nothing can be said in it.
constexpr size_t kShortestRun = 16;

// Latin letter for each of the letters that look like it, lower case.
char LookAlike(UChar32 c) {
  static constexpr absl::string_view kLatin = "aceopxyijshkmtbnavoptxuien";
  static constexpr UChar32 kOthers[] = {0x430, 0x441, 0x435, 0x43E, 0x440, 0x445, 0x443, 0x456, 0x458,
                                        0x455, 0x4BB, 0x43A, 0x43C, 0x442, 0x432, 0x43D, 0x3B1, 0x3BD,
                                        0x3BF, 0x3C1, 0x3C4, 0x3C7, 0x3C5, 0x3B9, 0x3B5, 0x3B7};
  const auto it = std::find(std::begin(kOthers), std::end(kOthers), c);
  return it == std::end(kOthers) ? '\0' : kLatin[static_cast<size_t>(it - std::begin(kOthers))];
}

std::string Normalised(absl::string_view text, const icu::Normalizer2* normalizer) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
  UErrorCode error = U_ZERO_ERROR;
  normalizer->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, nullptr, error);
  return out;
}

bool IsAscii(absl::string_view text) {
  return absl::c_all_of(text, [](unsigned char c) { return c < 0x80; });
}

// The character of a reference at text[offset], "&#73;" or "&#x49;", and moves `offset` behind it; 0 where none is.
UChar32 TakeReference(absl::string_view text, size_t& offset) {
  absl::string_view rest = text.substr(offset);
  if (!absl::ConsumePrefix(&rest, "&#")) return 0;
  const size_t end = rest.substr(0, 8).find(';');
  if (end == absl::string_view::npos) return 0;
  absl::string_view digits = rest.substr(0, end);
  uint32_t value = 0;
  const bool hexadecimal = absl::ConsumePrefix(&digits, "x") || absl::ConsumePrefix(&digits, "X");
  if (!(hexadecimal ? absl::SimpleHexAtoi(digits, &value) : absl::SimpleAtoi(digits, &value))) return 0;
  if (value == 0 || value > 0x10FFFF || U_IS_SURROGATE(value)) return 0;
  offset += 2 + end + 1;
  return static_cast<UChar32>(value);
}

// The byte of "%20" at text[offset], and moves `offset` behind it; 0 where none is. ASCII only.
char TakePercent(absl::string_view text, size_t& offset) {
  uint32_t value = 0;
  if (text[offset] != '%' || offset + 3 > text.size()) return 0;
  if (!absl::ascii_isxdigit(text[offset + 1]) || !absl::SimpleHexAtoi(text.substr(offset + 1, 2), &value)) return 0;
  if (value == 0 || value >= 0x80) return 0;
  offset += 3;
  return static_cast<char>(value);
}

std::string Decoded(absl::string_view text) {
  if (text.find_first_of("&%") == absl::string_view::npos) return std::string(text);
  std::string out;
  for (size_t i = 0; i < text.size();) {
    if (const UChar32 c = TakeReference(text, i); c != 0) {
      AppendCodePoint(c, out);
    } else if (const char byte = TakePercent(text, i); byte != 0) {
      out += byte;
    } else {
      out += text[i++];
    }
  }
  return out;
}

// All of Undisguised but decoding.
std::string Plain(absl::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  std::string folded = FoldCase(text);
  if (!IsAscii(folded)) {
    folded = FoldCase(Normalised(Normalised(folded, icu::Normalizer2::getNFKCInstance(error)),
                                 icu::Normalizer2::getNFDInstance(error)));
  }
  std::string out;
  for (size_t i = 0; i < folded.size();) {
    const UChar32 c = NextCodePoint(folded, i);
    if (c == '\n') {
      out += '\n';
    } else if (u_isUWhiteSpace(c)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (const char latin = c < 0x80 ? '\0' : LookAlike(c); latin != '\0') {
      out += latin;
    } else if (u_charType(c) != U_NON_SPACING_MARK && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
      AppendCodePoint(c, out);
    }
  }
  return out;
}

bool IsText(absl::string_view bytes) {
  return bytes.size() >= kShortestRun / 2 && IsValidUtf8(bytes) &&
         absl::c_none_of(bytes, [](unsigned char c) { return c < 0x20 && c != '\n' && c != '\t' && c != '\r'; });
}

// What a run without spaces decodes to; "" when that is no text.
std::string DecodedRun(absl::string_view run) {
  if (run.size() < kShortestRun) return "";
  std::string bytes;
  if (run.size() % 2 == 0 && absl::c_all_of(run, absl::ascii_isxdigit)) {
    bytes = absl::HexStringToBytes(run);
    if (IsText(bytes)) return bytes;
  }
  if (absl::Base64Unescape(run, &bytes) && IsText(bytes)) return bytes;
  return absl::WebSafeBase64Unescape(run, &bytes) && IsText(bytes) ? bytes : "";
}

std::string Reversed(absl::string_view text) {
  std::string reversed;
  reversed.reserve(text.size());
  for (size_t end = text.size(); end > 0;) AppendCodePoint(PreviousCodePoint(text, end), reversed);
  return reversed;
}

}  // namespace

std::string Undisguised(absl::string_view text) { return Plain(Decoded(text)); }

std::vector<std::string> OtherReadings(absl::string_view text) {
  std::vector<std::string> readings;
  for (const absl::string_view run : absl::StrSplit(text, absl::ByAnyChar(" \t\n|,\"'()<>"), absl::SkipEmpty())) {
    const std::string decoded = DecodedRun(run);
    if (!decoded.empty()) readings.push_back(Undisguised(decoded));
  }
  readings.push_back(Reversed(Undisguised(text)));
  return readings;
}

size_t LongestSpacedRun(absl::string_view undisguised) {
  size_t longest = 0;
  size_t run = 0;
  for (const absl::string_view word : absl::StrSplit(undisguised, absl::ByAnyChar(" \t\n"), absl::SkipEmpty())) {
    const bool alone =
        absl::ascii_isalpha(static_cast<unsigned char>(word[0])) &&
        (word.size() == 1 || (word.size() == 2 && absl::ascii_ispunct(static_cast<unsigned char>(word[1]))));
    run = alone ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace bedside
