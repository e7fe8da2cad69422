#include "ingest/connectors/markdown_html.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"
#include "ingest/connectors/markdown_tag.h"

namespace bedside {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

constexpr absl::string_view kComment = "<!--";

// Their contents are no text, or are not shown.
constexpr absl::string_view kUnshown[] = {"del",    "iframe", "noscript", "object",   "s",        "script",
                                          "strike", "style",  "svg",      "template", "textarea", "title"};

// Their contents are no markup, and nobody's text.
constexpr absl::string_view kRaw[] = {"iframe", "script", "style", "textarea", "title"};

// Tags that do not part words.
constexpr absl::string_view kPhrase[] = {"a",    "abbr",   "b",   "big", "cite", "code", "dfn",  "em",
                                         "font", "i",      "ins", "kbd", "mark", "q",    "samp", "small",
                                         "span", "strong", "sub", "sup", "tt",   "u",    "var"};

constexpr absl::string_view kStruck[] = {"del", "s", "strike"};

template <size_t N>
bool IsOneOf(absl::string_view name, const absl::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

// Also one with a sign.
bool BeginsWithNumber(absl::string_view text) {
  for (absl::string_view sign :
       {"-", "+", "−", "–", "&minus;", "&ndash;", "&plus;", "&#8722;", "&#8211;", "&#x2212;"}) {
    if (absl::ConsumePrefix(&text, sign)) break;
  }
  return !text.empty() && IsDigit(text[0]);
}

// What follows tags and marks of Markdown at the beginning of `text`.
absl::string_view WithoutMarks(absl::string_view text) {
  constexpr int kMaxTags = 4;
  for (int tags = 0; tags <= kMaxTags; ++tags) {
    text.remove_prefix(std::min(text.find_first_not_of(" *_`[(\\"), text.size()));
    const absl::optional<MarkdownTag> tag = absl::StartsWith(text, "<") ? ReadMarkdownTag(text) : absl::nullopt;
    if (!tag.has_value()) break;
    text.remove_prefix(tag->bytes);
  }
  return text;
}

// A tag or a comment; offsets into a text below 4 GiB.
struct Token {
  uint32_t begin = 0;
  uint32_t end = 0;
  // Which paragraph it stands in, from 0.
  uint32_t paragraph = 0;
  // Of a start tag: where its element ends; kNone when it has no end.
  uint32_t match = 0;
};

// Finds paragraphs: they end at a blank line and before a heading.
class ParagraphCounter {
 public:
  explicit ParagraphCounter(absl::string_view text) : text_(text) { Find(); }

  // End of the paragraph at `at`. REQUIRES: `at` is never less than in an earlier call
  size_t End(size_t at) {
    for (; end_ <= at && end_ < text_.size(); ++count_) Find();
    return end_;
  }
  size_t count() const { return count_; }

 private:
  void Find() {
    for (end_ = text_.find('\n', end_); end_ < text_.size(); end_ = text_.find('\n', end_ + 1)) {
      const size_t next = std::min(text_.find_first_not_of(" \t", end_ + 1), text_.size());
      if (next == text_.size() || text_[next] == '\n' || text_[next] == '#') return void(++end_);
    }
    end_ = text_.size();
  }

  const absl::string_view text_;
  size_t end_ = 0;
  size_t count_ = 0;
};

// Finds the tags and comments, and which belong together.
class Tokenizer {
 public:
  explicit Tokenizer(absl::string_view text) : text_(text), paragraphs_(text) {}

  std::vector<Token> Run() {
    for (size_t at = text_.find('<'); at != text_.npos; at = text_.find('<', at)) at = ReadAt(at);
    return std::move(tokens_);
  }
  // Comments without an end.
  size_t unclosed() const { return unclosed_; }

 private:
  Token& Add(size_t begin, size_t end) {
    paragraphs_.End(begin);
    tokens_.push_back(
        {static_cast<uint32_t>(begin), static_cast<uint32_t>(end), static_cast<uint32_t>(paragraphs_.count()), kNone});
    return tokens_.back();
  }

  // Reads what begins at `at`; where to go on.
  size_t ReadAt(size_t at) {
    if (absl::StartsWith(text_.substr(at), kComment)) return ReadComment(at);
    const absl::optional<MarkdownTag> tag = ReadMarkdownTag(text_.substr(at));
    if (!tag.has_value()) return at + 1;
    Token& token = Add(at, at + tag->bytes);
    if (tag->closes) {
      Close(tag->name);
    } else if (!tag->empty && IsOneOf(tag->name, kRaw)) {
      return FindRawEnd(tag->name, token);
    } else if (!tag->empty) {
      open_[tag->name].push_back(tokens_.size() - 1);
    }
    return token.end;
  }

  // A comment in which another begins has no end of its own.
  size_t ReadComment(size_t at) {
    const size_t begin = at + kComment.size();
    const size_t next = text_.find(kComment.data(), begin, kComment.size());
    const size_t end = text_.substr(0, next).find("-->", begin);
    if (end != text_.npos) return Add(at, end + 3).end;
    ++unclosed_;
    return begin;
  }

  // Where to go on behind the start tag of a raw element: behind its end tag, where it has one.
  size_t FindRawEnd(const std::string& name, Token& token) {
    if (never_closed_.contains(name)) return token.end;
    for (size_t at = text_.find("</", token.end); at != text_.npos; at = text_.find("</", at + 2)) {
      if (!absl::EqualsIgnoreCase(text_.substr(at + 2, name.size()), name)) continue;
      const size_t end = text_.find('>', at);
      if (end == text_.npos) break;
      return token.match = static_cast<uint32_t>(end + 1);
    }
    never_closed_.insert(name);
    return token.end;
  }

  // A tag on a line of its own is not one of a phrase.
  bool IsOnOwnLine(const Token& token) const {
    return (token.begin == 0 || text_[token.begin - 1] == '\n') &&
           (token.end == text_.size() || text_[token.end] == '\n');
  }

  // The end tag that was added last belongs to the innermost start tag of its name that reaches so far.
  void Close(const std::string& name) {
    std::vector<size_t>& open = open_[name];
    while (!open.empty()) {
      Token& start = tokens_[open.back()];
      open.pop_back();
      const bool is_phrase = (IsOneOf(name, kPhrase) || IsOneOf(name, kStruck)) && !IsOnOwnLine(start);
      if (is_phrase && start.paragraph != tokens_.back().paragraph) continue;
      start.match = tokens_.back().end;
      return;
    }
  }

  const absl::string_view text_;
  ParagraphCounter paragraphs_;
  std::vector<Token> tokens_;
  // Start tags that wait for their end, by name.
  absl::flat_hash_map<std::string, std::vector<size_t>> open_;
  absl::flat_hash_set<std::string> never_closed_;
  size_t unclosed_ = 0;
};

class Stripper {
 public:
  explicit Stripper(absl::string_view text) : text_(text), paragraphs_(text) {}

  VisibleMarkdown Run() {
    Tokenizer tokenizer(text_);
    const std::vector<Token> tokens = tokenizer.Run();
    visible_.unclosed = tokenizer.unclosed();
    for (const Token& token : tokens) {
      if (token.begin < at_) continue;
      Emit(text_.substr(at_, token.begin - at_));
      at_ = token.end;
      const absl::optional<MarkdownTag> tag = ReadMarkdownTag(text_.substr(token.begin));
      if (tag.has_value()) ReadTag(token, *tag);
    }
    Emit(text_.substr(std::min(at_, text_.size())));
    return std::move(visible_);
  }

 private:
  void Emit(absl::string_view text) { absl::StrAppend(&visible_.text, text); }

  void ReadTag(const Token& token, const MarkdownTag& tag) {
    if (!tag.closes && !tag.empty) {
      const bool hidden = tag.IsHidden();
      if (token.match != kNone && (hidden || IsOneOf(tag.name, kUnshown))) return Hide(token.match, tag.name);
      if (hidden) return Hide(std::max<size_t>(paragraphs_.End(token.begin), token.end), tag.name);
      const bool is_bare = tag.attributes.empty() && IsOneOf(tag.name, kPhrase);
      if (token.match == kNone && (is_bare || IsOneOf(tag.name, kUnshown))) {
        ++visible_.unclosed;
        return Emit(text_.substr(token.begin, token.end - token.begin));
      }
    }
    if (tag.name == "img") return EmitAlternative(tag);
    if (!IsOneOf(tag.name, kPhrase) && !IsOneOf(tag.name, kStruck)) Emit(" ");
    const std::string& out = visible_.text;
    if (tag.closes || out.empty() || !IsDigit(out.back())) return;
    const absl::string_view inside = WithoutMarks(text_.substr(token.end));
    if (tag.name == "sup" && BeginsWithNumber(inside)) Emit("^");
    if (tag.name == "sub" && !inside.empty() && IsDigit(inside[0])) Emit("_");
  }

  void Hide(size_t end, absl::string_view name) {
    const absl::string_view content = text_.substr(at_, end - at_);
    const bool has_text = !absl::StripAsciiWhitespace(content.substr(0, content.rfind("</"))).empty();
    if (has_text && !IsOneOf(name, kRaw)) ++visible_.hidden;
    at_ = end;
  }

  void EmitAlternative(const MarkdownTag& image) {
    const std::string* alternative = image.Attribute("alt");
    Emit(alternative == nullptr || image.IsHidden() ? " " : absl::StrCat(" ", *alternative, " "));
  }

  const absl::string_view text_;
  ParagraphCounter paragraphs_;
  // Everything before is read.
  size_t at_ = 0;
  VisibleMarkdown visible_;
};

}  // namespace

VisibleMarkdown WithoutHtml(absl::string_view markdown) { return Stripper(markdown).Run(); }

}  // namespace bedside
