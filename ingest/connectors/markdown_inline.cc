#include "ingest/connectors/markdown_inline.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "unicode/utf8.h"

namespace bedside {
namespace {

// Bound on the address of a link and on an entity.
constexpr size_t kMaxAddressBytes = 2048;
constexpr size_t kMaxEntityBytes = 10;

constexpr std::pair<absl::string_view, absl::string_view> kEntities[] = {
    {"amp", "&"},   {"lt", "<"},     {"gt", ">"},    {"quot", "\""}, {"apos", "'"},   {"nbsp", " "},   {"ndash", "–"},
    {"mdash", "—"}, {"hellip", "…"}, {"le", "≤"},    {"ge", "≥"},    {"ne", "≠"},     {"plusmn", "±"}, {"times", "×"},
    {"deg", "°"},   {"micro", "µ"},  {"mu", "μ"},    {"alpha", "α"}, {"beta", "β"},   {"gamma", "γ"},  {"delta", "δ"},
    {"Delta", "Δ"}, {"rarr", "→"},   {"larr", "←"},  {"uarr", "↑"},  {"darr", "↓"},   {"asymp", "≈"},  {"frac12", "½"},
    {"sup2", "²"},  {"reg", "®"},    {"trade", "™"}, {"copy", "©"},  {"eacute", "é"}, {"ouml", "ö"},   {"uuml", "ü"},
    {"auml", "ä"},  {"lsquo", "‘"},  {"rsquo", "’"}, {"ldquo", "“"}, {"rdquo", "”"},  {"bull", "•"},   {"middot", "·"},
};

bool IsWord(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
}
bool IsSpace(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

// The character that `name` ("amp", "#176", "#xb0") stands for; "" when it is no entity.
std::string EntityText(absl::string_view name) {
  for (const auto& [known, text] : kEntities) {
    if (name == known) return std::string(text);
  }
  uint32_t code = 0;
  if (!absl::ConsumePrefix(&name, "#")) return "";
  const bool hexadecimal = absl::ConsumePrefix(&name, "x") || absl::ConsumePrefix(&name, "X");
  if (hexadecimal ? !absl::SimpleHexAtoi(name, &code) : !absl::SimpleAtoi(name, &code)) return "";
  if (code == 0 || code > 0x10FFFF || U_IS_SURROGATE(code)) return "";
  char bytes[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, code);
  return std::string(bytes, length);
}

// One pass marks the bytes that are markup, a second writes the others.
class InlineReader {
 public:
  explicit InlineReader(absl::string_view text) : text_(text), kinds_(text.size(), kText) {}

  std::string Run() {
    for (size_t at = 0; at < text_.size();) at = ReadAt(at);
    return Write();
  }

 private:
  enum Kind : uint8_t { kText, kMarkup, kVerbatim };
  struct Opener {
    size_t begin;
    size_t length;
  };

  void Mark(size_t begin, size_t end, Kind kind) {
    std::fill(kinds_.begin() + static_cast<ptrdiff_t>(begin), kinds_.begin() + static_cast<ptrdiff_t>(end), kind);
  }

  size_t RunEnd(size_t at) const { return std::min(text_.find_first_not_of(text_[at], at), text_.size()); }

  // Reads what is at `at`; where to go on.
  size_t ReadAt(size_t at) {
    switch (text_[at]) {
      case '\\':
        return ReadEscape(at);
      case '`':
        return ReadCode(at);
      case '*':
      case '_':
        return ReadEmphasis(at);
      case '~':
        return ReadStrike(at);
      case '[':
        brackets_.push_back(at);
        return at + 1;
      case ']':
        return ReadLinkEnd(at);
      case '<':
        return ReadAutolink(at);
      default:
        return at + 1;
    }
  }

  size_t ReadEscape(size_t at) {
    if (at + 1 >= text_.size()) return at + 1;
    if (text_[at + 1] != '\n' && !absl::ascii_ispunct(static_cast<unsigned char>(text_[at + 1]))) return at + 1;
    Mark(at, at + 1, kMarkup);
    kinds_[at + 1] = kVerbatim;
    return at + 2;
  }

  size_t ReadCode(size_t at) {
    const size_t begin = RunEnd(at);
    for (size_t end = text_.find('`', begin); end != text_.npos; end = text_.find('`', RunEnd(end))) {
      if (RunEnd(end) - end != begin - at) continue;
      Mark(at, begin, kMarkup);
      Mark(begin, end, kVerbatim);
      Mark(end, RunEnd(end), kMarkup);
      return RunEnd(end);
    }
    return begin;
  }

  size_t ReadEmphasis(size_t at) {
    const size_t end = RunEnd(at);
    const char before = at == 0 ? ' ' : text_[at - 1];
    const char after = end == text_.size() ? ' ' : text_[end];
    const bool strong = text_[at] == '*' && end - at >= 2;
    const bool opens = !IsSpace(after) && (strong || !IsWord(before));
    const bool closes = !IsSpace(before) && (strong || !IsWord(after));
    std::vector<Opener>& openers = openers_[text_[at] == '*' ? 0 : 1];
    size_t left = at;
    while (closes && left < end && !openers.empty()) {
      Opener& opener = openers.back();
      const size_t used = std::min(opener.length, end - left);
      Mark(opener.begin + opener.length - used, opener.begin + opener.length, kMarkup);
      Mark(left, left + used, kMarkup);
      left += used;
      opener.length -= used;
      if (opener.length == 0) openers.pop_back();
    }
    if (opens && left < end) openers.push_back({left, end - left});
    return end;
  }

  size_t ReadStrike(size_t at) {
    const size_t end = RunEnd(at);
    if (end - at != 2) return end;
    if (strike_ == kNone) {
      strike_ = at;
    } else {
      Mark(strike_, end, kMarkup);
      strike_ = kNone;
    }
    return end;
  }

  // Of "[text](address)" and "![text](address)", marks all but the text.
  size_t ReadLinkEnd(size_t at) {
    if (brackets_.empty()) return at + 1;
    const size_t open = brackets_.back();
    brackets_.pop_back();
    if (at + 1 >= text_.size() || text_[at + 1] != '(') return at + 1;
    int depth = 0;
    for (size_t i = at + 1; i < std::min(text_.size(), at + kMaxAddressBytes); ++i) {
      if (text_[i] == '(') ++depth;
      if (text_[i] == ')' && --depth == 0) {
        Mark(open > 0 && text_[open - 1] == '!' ? open - 1 : open, open + 1, kMarkup);
        Mark(at, i + 1, kMarkup);
        return i + 1;
      }
    }
    return at + 1;
  }

  // "<https://...>" loses its angle brackets.
  size_t ReadAutolink(size_t at) {
    const absl::string_view rest = text_.substr(at + 1, kMaxAddressBytes);
    if (!absl::StartsWith(rest, "http://") && !absl::StartsWith(rest, "https://")) return at + 1;
    const size_t length = rest.find_first_of("> \n");
    if (length == rest.npos || rest[length] != '>') return at + 1;
    Mark(at, at + 1, kMarkup);
    Mark(at + 1, at + 1 + length, kVerbatim);
    Mark(at + 1 + length, at + 2 + length, kMarkup);
    return at + 2 + length;
  }

  std::string Write() const {
    std::string out;
    out.reserve(text_.size());
    for (size_t i = 0; i < text_.size(); ++i) {
      if (kinds_[i] == kMarkup) continue;
      if (kinds_[i] == kText && text_[i] == '&') {
        const size_t end = text_.substr(i, kMaxEntityBytes).find(';');
        const std::string entity = end == text_.npos ? "" : EntityText(text_.substr(i + 1, end - 1));
        if (!entity.empty()) {
          out += entity;
          i += end;
          continue;
        }
      }
      out.push_back(text_[i]);
    }
    return out;
  }

  static constexpr size_t kNone = absl::string_view::npos;

  absl::string_view text_;
  std::vector<Kind> kinds_;
  // Runs of "*" and of "_" that may open emphasis.
  std::vector<Opener> openers_[2];
  std::vector<size_t> brackets_;
  // An open "~~".
  size_t strike_ = kNone;
};

}  // namespace

std::string MarkdownPlainText(absl::string_view markdown) { return InlineReader(markdown).Run(); }

}  // namespace bedside
