#include "tools/bedside/text_layout.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace bedside {
namespace {

size_t Columns(absl::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// C1 controls are U+0080 to U+009F: 0xC2 and a byte below 0xA0.
bool IsC1ControlAt(absl::string_view text, size_t at) {
  return static_cast<unsigned char>(text[at]) == 0xC2 && at + 1 < text.size() &&
         static_cast<unsigned char>(text[at + 1]) >= 0x80 && static_cast<unsigned char>(text[at + 1]) < 0xA0;
}

std::string WithoutControls(absl::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsC1ControlAt(text, i)) {
      clean.push_back(' ');
      ++i;
    } else {
      clean.push_back(absl::ascii_iscntrl(static_cast<unsigned char>(text[i])) ? ' ' : text[i]);
    }
  }
  return clean;
}

}  // namespace

std::string Wrapped(absl::string_view text, absl::string_view first_indent, absl::string_view indent, size_t width) {
  const std::string clean = WithoutControls(text);
  std::string lines;
  size_t column = 0;
  for (absl::string_view word : absl::StrSplit(clean, ' ', absl::SkipEmpty())) {
    const size_t columns = Columns(word);
    if (lines.empty()) {
      absl::StrAppend(&lines, first_indent, word);
      column = Columns(first_indent) + columns;
    } else if (column + 1 + columns > width) {
      absl::StrAppend(&lines, "\n", indent, word);
      column = Columns(indent) + columns;
    } else {
      absl::StrAppend(&lines, " ", word);
      column += 1 + columns;
    }
  }
  if (!lines.empty()) lines.push_back('\n');
  return lines;
}

std::string WrappedLines(absl::string_view text, absl::string_view indent, size_t width) {
  std::string lines;
  for (absl::string_view line : absl::StrSplit(absl::StripSuffix(text, "\n"), '\n')) {
    const std::string wrapped = Wrapped(line, indent, indent, width);
    absl::StrAppend(&lines, wrapped.empty() ? "\n" : wrapped);
  }
  return lines;
}

std::string OneLine(absl::string_view text) {
  return absl::StrJoin(absl::StrSplit(WithoutControls(text), ' ', absl::SkipEmpty()), " ");
}

std::string HumanBytes(int64_t bytes) {
  if (bytes < 1024) return absl::StrCat(bytes, " B");
  double size = static_cast<double>(bytes);
  for (absl::string_view unit : {"KiB", "MiB", "GiB"}) {
    size /= 1024;
    if (size < 1024) return absl::StrFormat("%.1f %s", size, unit);
  }
  return absl::StrFormat("%.1f TiB", size / 1024);
}

std::string EnumLabel(absl::string_view name, absl::string_view prefix) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(absl::StripPrefix(name, prefix)), {{"_", " "}});
}

}  // namespace bedside
