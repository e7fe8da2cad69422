#include "services/hooks/markdown_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace bedside {
namespace {

// CommonMark 0.31, section 2.4: all of these may be escaped. A full stop, which nearly every sentence has, matters only
// after a number at the begin of a line, and after "www", of which GFM makes a link (section 6.9).
constexpr absl::string_view kEscaped = "\\`*_{}[]()#+-!|<>&~:@";

constexpr absl::string_view kEllipsis = "\u2026";

bool BeginsCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// Where the character number `count` begins; the end where there are fewer.
size_t ByteOf(absl::string_view text, size_t count) {
  size_t seen = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (BeginsCharacter(text[at]) && seen++ == count) return at;
  }
  return text.size();
}

bool IsWebAddress(absl::string_view url) {
  return absl::StartsWith(url, "https://") || absl::StartsWith(url, "http://");
}

// What cannot end a destination in angle brackets, or the line.
std::string Destination(absl::string_view url) {
  std::string safe;
  for (const char c : url) {
    const bool is_plain = absl::ascii_isgraph(static_cast<unsigned char>(c)) && c != '<' && c != '>' && c != '\\';
    safe += is_plain ? std::string(1, c) : absl::StrFormat("%%%02X", static_cast<unsigned char>(c));
  }
  return safe;
}

}  // namespace

std::string MarkdownText(absl::string_view text) {
  std::string safe;
  for (const char c : text) {
    const bool makes_link = c == '.' && absl::EndsWithIgnoreCase(safe, "www");
    if (makes_link || kEscaped.find(c) != kEscaped.npos) safe.push_back('\\');
    safe.push_back(absl::ascii_isspace(static_cast<unsigned char>(c)) ? ' ' : c);
  }
  // "1." at the begin of a line is a list.
  const size_t digits = static_cast<size_t>(
      std::find_if_not(safe.begin(), safe.end(), [](unsigned char c) { return absl::ascii_isdigit(c); }) -
      safe.begin());
  if (digits > 0 && digits < safe.size() && safe[digits] == '.') safe.insert(digits, "\\");
  return safe;
}

std::string MarkdownLink(absl::string_view text, absl::string_view url) {
  if (!IsWebAddress(url)) return MarkdownText(text);
  return absl::StrCat("[", MarkdownText(text), "](<", Destination(url), ">)");
}

std::string CutAtWord(absl::string_view text, size_t most) {
  if (ByteOf(text, most - 1) == text.size()) return std::string(text);
  absl::string_view begin = text.substr(0, ByteOf(text, most - 2));
  const size_t word = begin.rfind(' ');
  if (word != begin.npos) begin = begin.substr(0, word);
  return absl::StrCat(absl::StripTrailingAsciiWhitespace(begin), kEllipsis);
}

}  // namespace bedside
