#include "ingest/connectors/markdown_html.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"

namespace bedside {
namespace {

// Bounds the search for ">".
constexpr size_t kMaxTagBytes = 4096;

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

// Their contents are no text, or are not shown.
constexpr absl::string_view kUnshown[] = {"del",    "iframe", "noscript", "object",   "s",        "script",
                                          "strike", "style",  "svg",      "template", "textarea", "title"};

constexpr absl::string_view kVoid[] = {"br", "col", "hr", "img", "input"};

// Tags that do not part words.
constexpr absl::string_view kPhrase[] = {"a",    "abbr",   "b",   "big", "cite", "code", "dfn",  "em",
                                         "font", "i",      "ins", "kbd", "mark", "q",    "samp", "small",
                                         "span", "strong", "sub", "sup", "tt",   "u",    "var"};

template <size_t N>
bool IsOneOf(absl::string_view name, const absl::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

struct Tag {
  std::string name;
  bool closes = false;
  bool empty = false;
  // The element and all in it is not shown.
  bool hides = false;
  size_t bytes = 0;
};

bool IsHidden(absl::string_view attributes) {
  const std::string plain = absl::StrReplaceAll(absl::AsciiStrToLower(attributes),
                                                {{" ", ""}, {"\n", ""}, {"\t", ""}, {"\"", ""}, {"'", ""}});
  for (absl::string_view sign :
       {"aria-hidden=true", "display:none", "visibility:hidden", "opacity:0;", "font-size:0"}) {
    if (absl::StrContains(plain, sign)) return true;
  }
  if (absl::EndsWith(plain, "opacity:0")) return true;
  const std::string spaced = absl::AsciiStrToLower(absl::StrReplaceAll(attributes, {{"\n", " "}, {"\t", " "}}));
  return absl::StrContains(spaced, " hidden ") || absl::EndsWith(spaced, " hidden") ||
         absl::StrContains(spaced, " hidden=");
}

// Bytes up to the ">" that ends the tag at the beginning of `text`; 0 when there is none.
size_t TagBytes(absl::string_view text) {
  char quote = 0;
  for (size_t i = 1; i < std::min(text.size(), kMaxTagBytes); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return i + 1;
    } else if (c == '<') {
      return 0;
    }
  }
  return 0;
}

// REQUIRES: text begins with "<"
absl::optional<Tag> ParseTag(absl::string_view text) {
  Tag tag;
  size_t begin = 1;
  if (begin < text.size() && text[begin] == '/') {
    tag.closes = true;
    ++begin;
  }
  size_t end = begin;
  while (end < text.size() && end - begin < 16 && absl::ascii_isalnum(static_cast<unsigned char>(text[end]))) ++end;
  tag.name = absl::AsciiStrToLower(text.substr(begin, end - begin));
  if (!std::binary_search(std::begin(kElements), std::end(kElements), tag.name)) return absl::nullopt;
  if (end < text.size() && !absl::ascii_isspace(text[end]) && text[end] != '>' && text[end] != '/')
    return absl::nullopt;
  tag.bytes = TagBytes(text);
  if (tag.bytes == 0) return absl::nullopt;
  absl::string_view attributes = text.substr(end, tag.bytes - 1 - end);
  tag.empty = absl::ConsumeSuffix(&attributes, "/") || IsOneOf(tag.name, kVoid);
  tag.hides = !tag.closes && !tag.empty && (IsOneOf(tag.name, kUnshown) || IsHidden(attributes));
  return tag;
}

class Stripper {
 public:
  explicit Stripper(absl::string_view text) : text_(text) {}

  std::string Run() {
    while (!text_.empty()) {
      const size_t begin = std::min(text_.find('<'), text_.size());
      Emit(text_.substr(0, begin));
      text_.remove_prefix(begin);
      if (!text_.empty()) ReadMarkup();
    }
    return std::move(out_);
  }

 private:
  void Emit(absl::string_view text) {
    if (depth_ == 0) out_.append(text.data(), text.size());
  }

  void ReadMarkup() {
    if (absl::StartsWith(text_, "<!--")) {
      const size_t end = text_.find("-->", 4);
      return text_.remove_prefix(end == text_.npos ? text_.size() : end + 3);
    }
    const absl::optional<Tag> tag = ParseTag(text_);
    if (!tag.has_value()) {
      Emit(text_.substr(0, 1));
      return text_.remove_prefix(1);
    }
    text_.remove_prefix(tag->bytes);
    if (depth_ > 0) {
      CountInside(*tag);
    } else if (tag->hides) {
      hidden_ = tag->name;
      depth_ = 1;
    } else if (!IsOneOf(tag->name, kPhrase)) {
      Emit(" ");
    } else if (tag->name == "sup" && !tag->closes && !out_.empty() && absl::ascii_isdigit(out_.back())) {
      Emit("^");
    }
  }

  void CountInside(const Tag& tag) {
    if (tag.name != hidden_ || tag.empty) return;
    depth_ += tag.closes ? -1 : 1;
  }

  absl::string_view text_;
  std::string out_;
  // Element that is not shown, and how many of its name are open.
  std::string hidden_;
  int depth_ = 0;
};

}  // namespace

std::string WithoutHtml(absl::string_view markdown) { return Stripper(markdown).Run(); }

}  // namespace bedside
