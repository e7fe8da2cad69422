#include "ingest/connectors/markdown_tag.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace bedside {
namespace {

constexpr size_t kMaxTagBytes = 1 << 20;
// Without the values that hold data.
constexpr size_t kMaxMarkupBytes = 4096;
constexpr size_t kMaxNameBytes = 16;
constexpr char kSpace[] = " \t\n";

// Sorted.
constexpr absl::string_view kElements[] = {
    "a",     "abbr",    "article",    "aside",    "b",       "big",      "blockquote", "br",       "caption",  "center",
    "cite",  "code",    "col",        "colgroup", "dd",      "del",      "details",    "dfn",      "div",      "dl",
    "dt",    "em",      "figcaption", "figure",   "font",    "footer",   "h1",         "h2",       "h3",       "h4",
    "h5",    "h6",      "header",     "hr",       "i",       "iframe",   "img",        "input",    "ins",      "kbd",
    "label", "li",      "main",       "mark",     "nav",     "noscript", "object",     "ol",       "p",        "pre",
    "q",     "s",       "samp",       "script",   "section", "small",    "span",       "strike",   "strong",   "style",
    "sub",   "summary", "sup",        "svg",      "table",   "tbody",    "td",         "template", "textarea", "tfoot",
    "th",    "thead",   "title",      "tr",       "tt",      "u",        "ul",         "var",
};

constexpr absl::string_view kVoid[] = {"br", "col", "hr", "img", "input"};

// Attributes that may stand without a value.
constexpr absl::string_view kBoolean[] = {
    "allowfullscreen", "async",  "autofocus", "checked",  "compact",   "controls", "defer",    "disabled",
    "download",        "hidden", "inert",     "ismap",    "itemscope", "loop",     "multiple", "muted",
    "noshade",         "nowrap", "open",      "readonly", "required",  "reversed", "scoped",   "selected"};

template <size_t N>
bool IsOneOf(absl::string_view name, const absl::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool IsNameByte(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("_:.-@", c); }

// Takes white space from the beginning of `text`; returns whether there was any.
bool SkipSpace(absl::string_view& text) {
  const size_t bytes = std::min(text.find_first_not_of(kSpace), text.size());
  text.remove_prefix(bytes);
  return bytes > 0;
}

// Takes "=value" from the beginning of `text`. False when there is "=" and no value.
bool SkipValue(absl::string_view& text, std::string& value) {
  absl::string_view rest = text;
  SkipSpace(rest);
  if (!absl::ConsumePrefix(&rest, "=")) return true;
  SkipSpace(rest);
  if (rest.empty()) return false;
  const bool quoted = rest[0] == '"' || rest[0] == '\'';
  const size_t begin = quoted ? 1 : 0;
  const size_t end = quoted ? rest.find(rest[0], 1) : rest.find_first_of(" \t\n\"'=<>`");
  if (end == rest.npos || end + quoted == 0) return false;
  value = std::string(rest.substr(begin, end - begin));
  rest.remove_prefix(end + begin);
  text = rest;
  return true;
}

// Takes an attribute from the beginning of `text` and adds it to the tag; of one that holds data ("data:image/png;...")
// only the name, and the size to `data_bytes`. False when there is no well-formed one.
bool SkipAttribute(absl::string_view& text, MarkdownTag& tag, size_t& data_bytes) {
  size_t end = 0;
  while (end < text.size() && IsNameByte(text[end])) ++end;
  std::string name = absl::AsciiStrToLower(text.substr(0, end));
  if (name.empty() || absl::ascii_isdigit(static_cast<unsigned char>(name[0]))) return false;
  text.remove_prefix(end);
  std::string value;
  const size_t before = text.size();
  if (!SkipValue(text, value)) return false;
  const bool has_value = text.size() != before;
  if (!has_value && !IsOneOf(name, kBoolean) && !absl::StrContains(name, '-')) return false;
  if (absl::StrContains(value, "data:") && name != "alt" && name != "style")
    data_bytes += std::exchange(value, "").size();
  tag.attributes.emplace_back(std::move(name), std::move(value));
  return true;
}

bool IsZero(absl::string_view value) {
  double number = 1;
  return absl::SimpleAtod(value.substr(0, value.find_first_not_of("+-.0123456789")), &number) && number == 0;
}

bool Hides(absl::string_view declaration) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(declaration, absl::MaxSplits(':', 1));
  const std::string property = absl::AsciiStrToLower(absl::StripAsciiWhitespace(parts.first));
  const std::string lower = absl::AsciiStrToLower(parts.second);
  absl::string_view value = absl::StripAsciiWhitespace(lower);
  if (absl::ConsumeSuffix(&value, "!important")) value = absl::StripTrailingAsciiWhitespace(value);
  if (property == "display") return value == "none";
  if (property == "visibility") return value == "hidden";
  return (property == "opacity" || property == "font-size") && IsZero(value);
}

}  // namespace

const std::string* MarkdownTag::Attribute(absl::string_view attribute) const {
  for (const auto& [known, value] : attributes) {
    if (known == attribute) return &value;
  }
  return nullptr;
}

bool MarkdownTag::IsHidden() const {
  if (Attribute("hidden") != nullptr) return true;
  const std::string* style = Attribute("style");
  if (style == nullptr) return false;
  const std::vector<absl::string_view> declarations = absl::StrSplit(*style, ';');
  return std::any_of(declarations.begin(), declarations.end(), Hides);
}

absl::optional<MarkdownTag> ReadMarkdownTag(absl::string_view text) {
  MarkdownTag tag;
  const char* const begin = text.data();
  size_t data_bytes = 0;
  text = text.substr(1, kMaxTagBytes);
  tag.closes = absl::ConsumePrefix(&text, "/");
  size_t end = 0;
  while (end < text.size() && end < kMaxNameBytes && absl::ascii_isalnum(static_cast<unsigned char>(text[end]))) ++end;
  tag.name = absl::AsciiStrToLower(text.substr(0, end));
  if (!std::binary_search(std::begin(kElements), std::end(kElements), tag.name)) return absl::nullopt;
  text.remove_prefix(end);
  while (SkipSpace(text) && !text.empty() && text[0] != '>' && text[0] != '/') {
    if (tag.closes || !SkipAttribute(text, tag, data_bytes)) return absl::nullopt;
  }
  tag.empty = absl::ConsumePrefix(&text, "/") || IsOneOf(tag.name, kVoid);
  if (!absl::ConsumePrefix(&text, ">")) return absl::nullopt;
  tag.bytes = text.data() - begin;
  if (tag.bytes > kMaxMarkupBytes + data_bytes) return absl::nullopt;
  return tag;
}

}  // namespace bedside
