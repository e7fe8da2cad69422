#include "ingest/connectors/html_nesting.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace bedside {
namespace {

// No element that matters has a longer name.
constexpr size_t kMaxNameBytes = 32;

using NameSet = absl::flat_hash_set<absl::string_view>;

// Elements without content, and those that the next of their kind closes.
bool IsFlat(absl::string_view name) {
  static const auto& kNames = *new NameSet(
      {"area",   "base",     "br",   "col",  "embed", "hr", "img", "input",    "link", "meta",  "param", "source",
       "track",  "wbr",      "p",    "li",   "dt",    "dd", "tr",  "td",       "th",   "thead", "tbody", "tfoot",
       "option", "optgroup", "html", "head", "body",  "rp", "rt",  "colgroup", "a",    "nobr"});
  return kNames.contains(name);
}

// Elements whose content is not markup.
bool IsRaw(absl::string_view name) {
  static const auto& kNames =
      *new NameSet({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"});
  return kNames.contains(name);
}

// Elements that end SVG and MathML.
bool IsBreakout(absl::string_view name) {
  static const auto& kNames = *new NameSet(
      {"b",     "big",     "blockquote", "body", "br",   "center", "code", "dd", "div",  "dl",   "dt", "em",
       "embed", "font",    "h1",         "h2",   "h3",   "h4",     "h5",   "h6", "head", "hr",   "i",  "img",
       "li",    "listing", "main",       "menu", "meta", "nobr",   "ol",   "p",  "pre",  "ruby", "s",  "small",
       "span",  "strong",  "strike",     "sub",  "sup",  "table",  "tt",   "u",  "ul",   "var"});
  return kNames.contains(name);
}

// Elements that end tags inside do not reach past.
bool IsBarrier(absl::string_view name) {
  static const auto& kNames =
      *new NameSet({"table", "object", "applet", "marquee", "template", "svg", "math", "select"});
  return kNames.contains(name);
}

bool IsSpace(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

struct TagExtent {
  size_t bytes = 0;
  size_t attributes = 0;
};

// Of the tag at the start of `html`, whose name ends at `at`: the tokenizer of HTML5 (12.2.5.32 to 12.2.5.39).
TagExtent ReadTag(absl::string_view html, size_t at) {
  enum { kBeforeName, kName, kAfterName, kBeforeValue, kUnquoted } state = kBeforeName;
  TagExtent tag;
  for (; at < html.size(); ++at) {
    const char c = html[at];
    if (c == '>') {
      tag.bytes = at + 1;
      return tag;
    }
    switch (state) {
      case kBeforeName:
      case kAfterName:
        // White space between a name and "=" belongs to neither.
        if (IsSpace(c)) break;
        if (state == kAfterName && c == '=') {
          state = kBeforeValue;
        } else if (c == '/') {
          state = kBeforeName;
        } else {
          state = kName;
          ++tag.attributes;
        }
        break;
      case kName:
        if (IsSpace(c)) state = kAfterName;
        if (c == '=') state = kBeforeValue;
        if (c == '/') state = kBeforeName;
        break;
      case kBeforeValue:
        if (c == '"' || c == '\'') {
          at = std::min(html.find(c, at + 1), html.size());
          state = kBeforeName;
        } else if (!IsSpace(c)) {
          state = kUnquoted;
        }
        break;
      case kUnquoted:
        if (IsSpace(c)) state = kBeforeName;
        break;
    }
  }
  tag.bytes = html.size();
  return tag;
}

class NestingScanner {
 public:
  explicit NestingScanner(HtmlExtent limit) : limit_(limit) {}

  HtmlExtent Scan(absl::string_view html);

 private:
  // What is open inside one barrier, by name.
  struct Frame {
    std::string barrier;
    absl::flat_hash_map<std::string, size_t> open;
  };

  // Reads what begins with "<"; returns its size.
  size_t Step(absl::string_view rest);
  void Open(std::string name, bool is_self_closing);
  void Close(const std::string& name);
  bool InForeign() const { return frames_.back().barrier == "svg" || frames_.back().barrier == "math"; }
  // The innermost barrier is gone, perhaps; what is open inside it may still be.
  void MergeFrame();

  // The bytes of the tag whose name ends at rest[end]; counts its attributes.
  size_t MeasureTag(absl::string_view rest, size_t end);

  const HtmlExtent limit_;
  std::vector<Frame> frames_ = std::vector<Frame>(1);
  // The raw element that is open; "" when there is none.
  std::string raw_;
  bool in_cdata_ = false;
  size_t depth_ = 0;
  // Behind the tag that was measured last.
  const char* measured_ = nullptr;
  HtmlExtent extent_;
};

HtmlExtent NestingScanner::Scan(absl::string_view html) {
  while (true) {
    const size_t next = html.find('<');
    if (in_cdata_ && absl::StrContains(html.substr(0, next), "]]>")) in_cdata_ = false;
    const bool is_beyond = extent_.depth > limit_.depth || extent_.attributes > limit_.attributes;
    if (next == absl::string_view::npos || is_beyond) return extent_;
    html.remove_prefix(next);
    html.remove_prefix(Step(html));
  }
}

size_t NestingScanner::Step(absl::string_view rest) {
  if (raw_.empty() && absl::StartsWith(rest, "<!--")) {
    // From the third character on: "<!-->" is a whole comment.
    return std::min({rest.find("-->", 2), rest.find("--!>", 2), rest.size() - 1}) + 1;
  }
  if (absl::StartsWith(rest, "<![CDATA[")) in_cdata_ = true;
  const bool is_end = absl::StartsWith(rest, "</");
  const size_t begin = is_end ? 2 : 1;
  if (begin >= rest.size() || !absl::ascii_isalpha(static_cast<unsigned char>(rest[begin]))) {
    const bool is_bogus_comment = is_end || absl::StartsWith(rest, "<!") || absl::StartsWith(rest, "<?");
    return raw_.empty() && is_bogus_comment ? std::min(rest.find('>'), rest.size() - 1) + 1 : 1;
  }
  // Inside a raw element the next tag may begin anywhere, so that a name is not read further than any is long.
  const size_t name_limit = raw_.empty() ? rest.size() : std::min(rest.size(), begin + kMaxNameBytes);
  size_t end = begin;
  while (end < name_limit && !IsSpace(rest[end]) && rest[end] != '/' && rest[end] != '>') ++end;
  std::string name = absl::AsciiStrToLower(rest.substr(begin, end - begin));
  if (!raw_.empty()) {
    // In SVG and MathML such elements hold markup; so start tags count there, and end tags count nowhere.
    if (is_end && name == raw_) raw_.clear();
    if (!is_end && InForeign()) {
      Open(std::move(name), /*is_self_closing=*/false);
      if (measured_ == nullptr || rest.data() >= measured_) MeasureTag(rest, end);
    }
    return begin;
  }
  const size_t size = MeasureTag(rest, end);
  if (!is_end) {
    if (IsRaw(name)) raw_ = name;
    Open(std::move(name), absl::EndsWith(rest.substr(0, size), "/>"));
  } else if (!in_cdata_) {
    Close(name);
  }
  return size;
}

size_t NestingScanner::MeasureTag(absl::string_view rest, size_t end) {
  const TagExtent tag = ReadTag(rest, end);
  extent_.attributes = std::max(extent_.attributes, tag.attributes);
  measured_ = rest.data() + tag.bytes;
  return tag.bytes;
}

void NestingScanner::Open(std::string name, bool is_self_closing) {
  if (InForeign() && IsBreakout(name)) MergeFrame();
  if (InForeign() ? is_self_closing : IsFlat(name) || IsRaw(name)) return;
  extent_.depth = std::max(extent_.depth, ++depth_);
  if (!IsBarrier(name)) {
    ++frames_.back().open[std::move(name)];
    return;
  }
  frames_.emplace_back();
  frames_.back().barrier = std::move(name);
}

void NestingScanner::Close(const std::string& name) {
  const auto it = frames_.back().open.find(name);
  if (it != frames_.back().open.end()) {
    if (--it->second == 0) frames_.back().open.erase(it);
    --depth_;
  } else if (!name.empty() && name == frames_.back().barrier) {
    MergeFrame();
    --depth_;
  } else if (InForeign()) {
    MergeFrame();
  }
}

void NestingScanner::MergeFrame() {
  Frame inner = std::move(frames_.back());
  frames_.pop_back();
  if (inner.open.size() > frames_.back().open.size()) std::swap(inner.open, frames_.back().open);
  for (const auto& [name, count] : inner.open) frames_.back().open[name] += count;
}

}  // namespace

HtmlExtent MeasureHtml(absl::string_view html, HtmlExtent limit) { return NestingScanner(limit).Scan(html); }

}  // namespace bedside
