#include "ingest/connectors/source_text.h"

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "index/text/utf8.h"
#include "ingest/connectors/job_problem.h"
#include "unicode/utf8.h"

namespace bedside {
namespace {

constexpr absl::string_view kUtf8 = "utf-8";
constexpr absl::string_view kWindows1252 = "windows-1252";

absl::string_view CharsetOfMark(absl::string_view bytes) {
  if (absl::StartsWith(bytes, "\xEF\xBB\xBF")) return kUtf8;
  if (absl::StartsWith(bytes, "\xFF\xFE")) return "utf-16le";
  return absl::StartsWith(bytes, "\xFE\xFF") ? "utf-16be" : "";
}

// Whether characters of more than one byte outweigh the bytes that are none: UTF-8 that was damaged.
bool IsMostlyUtf8(absl::string_view bytes) {
  const int32_t size = static_cast<int32_t>(bytes.size());
  size_t good = 0;
  size_t bad = 0;
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT(bytes.data(), i, size, c);
    good += c >= 0x80;
    bad += c < 0;
  }
  return good > bad;
}

// The name of `declared` under which it is read.
std::string Charset(absl::string_view declared) {
  const std::string charset = absl::AsciiStrToLower(declared);
  // A declaration that was found bytewise is not in UTF-16.
  if (charset == "utf8" || absl::StartsWith(charset, "utf-16")) return std::string(kUtf8);
  // Browsers read Latin-1 as its superset, and so do authors.
  const bool is_latin = charset == "iso-8859-1" || charset == "latin1" || charset == "us-ascii";
  return is_latin ? std::string(kWindows1252) : charset;
}

std::string ReadUtf8(const SourceFile& file, DocumentSink& sink) {
  if (!IsValidUtf8(file.bytes)) {
    sink.OnProblem(Warning(file, "", "the file is not valid UTF-8 throughout; bytes that do not fit were replaced"));
  }
  return CanonicalText(file.bytes);
}

std::string ReadUndeclared(const SourceFile& file, DocumentSink& sink) {
  if (IsValidUtf8(file.bytes) || IsMostlyUtf8(file.bytes)) return ReadUtf8(file, sink);
  sink.OnProblem(Warning(file, "", "the file is not UTF-8 and names no encoding; read as windows-1252"));
  return *ToUtf8(file.bytes, kWindows1252);
}

}  // namespace

std::string SourceText(const SourceFile& file, absl::string_view declared, DocumentSink& sink) {
  const absl::string_view mark = CharsetOfMark(file.bytes);
  if (mark.empty() && declared.empty()) return ReadUndeclared(file, sink);
  const std::string charset = mark.empty() ? Charset(declared) : std::string(mark);
  if (charset == kUtf8) return ReadUtf8(file, sink);
  absl::StatusOr<std::string> utf8 = ToUtf8(file.bytes, charset);
  if (utf8.ok()) return *std::move(utf8);
  sink.OnProblem(Warning(
      file, "", absl::StrCat("the declared encoding \"", charset.substr(0, 40), "\" is not known; read as UTF-8")));
  return CanonicalText(file.bytes);
}

}  // namespace bedside
