#include "index/query/surface_words.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "index/text/code_point.h"
#include "unicode/bytestream.h"
#include "unicode/normalizer2.h"
#include "unicode/uchar.h"

namespace bedside {
namespace {

bool IsWordPart(UChar32 c) {
  if (c < 0x80) return c >= 0 && absl::ascii_isalnum(static_cast<unsigned char>(c));
  return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

bool IsAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string Normalised(const icu::Normalizer2* form, UErrorCode error, absl::string_view text) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
  if (U_SUCCESS(error)) {
    form->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, nullptr, error);
  }
  // Without ICU's data a word stays as it is written, and is only not found.
  return U_SUCCESS(error) ? out : std::string(text);
}

std::string WithoutMarks(absl::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const UChar32 c = NextCodePoint(text, i);
    if ((U_GET_GC_MASK(c) & U_GC_M_MASK) == 0) AppendCodePoint(c, out);
  }
  return out;
}

std::string Folded(absl::string_view word) {
  if (IsAscii(word)) return absl::AsciiStrToLower(word);
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* case_fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  const std::string folded = Normalised(case_fold, error, word);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(error);
  return WithoutMarks(Normalised(decompose, error, folded));
}

}  // namespace

void ForEachSurfaceWord(absl::string_view text, absl::FunctionRef<void(absl::string_view, Span)> visit) {
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = EndOfRun(text, begin, IsWordPart);
    if (end > begin) {
      visit(Folded(text.substr(begin, end - begin)), {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
      begin = end;
    } else {
      NextCodePoint(text, begin);
    }
  }
}

std::vector<SurfaceWord> SurfaceWords(absl::string_view text) {
  std::vector<SurfaceWord> words;
  ForEachSurfaceWord(text, [&](absl::string_view word, Span span) { words.push_back({std::string(word), span}); });
  return words;
}

bool IsPlainWord(absl::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace bedside
