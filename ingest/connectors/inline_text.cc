#include "ingest/connectors/inline_text.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "ingest/connectors/math_text.h"

namespace bedside {
namespace {

// Enclose the text of a citation until FinishCitations; XML has no such characters of its own.
constexpr char kCitationBegin = '\x01';
constexpr char kCitationEnd = '\x02';
// A longer group is not only citations, or is not worth looking for its end.
constexpr size_t kMaxGroupBytes = 2000;

void AppendInline(const XmlElement& node, std::string& out);

void AppendChildren(const XmlElement& element, std::string& out) {
  for (const XmlElement& child : element.children) AppendInline(child, out);
}

// Bytes of a separator of citations at the start of `text`: white space, punctuation, brackets, dashes; 0: none.
size_t SeparatorSize(absl::string_view text) {
  if (absl::ascii_isspace(static_cast<unsigned char>(text[0])) || absl::StrContains(",;.-()[]", text[0])) return 1;
  for (absl::string_view dash : {"–", "—", "‐", "‑"}) {
    if (absl::StartsWith(text, dash)) return dash.size();
  }
  return 0;
}

// Whether `text` is one or more citations and what separates them. Inside brackets the end of a range may be a bare
// number: "[12-15]" where only 12 is linked.
bool IsOnlyCitations(absl::string_view text, bool digits_allowed) {
  bool cited = false;
  while (!text.empty()) {
    if (text[0] == kCitationBegin) {
      const size_t end = text.find(kCitationEnd);
      if (end == absl::string_view::npos) return false;
      text.remove_prefix(end + 1);
      cited = true;
    } else if (digits_allowed && absl::ascii_isdigit(static_cast<unsigned char>(text[0]))) {
      text.remove_prefix(1);
    } else if (const size_t size = SeparatorSize(text); size > 0) {
      text.remove_prefix(size);
    } else {
      return false;
    }
  }
  return cited;
}

// Bytes of the bracketed group with which `text` begins, when it holds only citations; otherwise 0.
// REQUIRES: text[0] is an opening bracket
size_t CitationGroupSize(absl::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n([", 1);
  if (first == absl::string_view::npos || text[first] != kCitationBegin) return 0;
  const char open = text[0];
  const char close = open == '(' ? ')' : ']';
  size_t depth = 0;
  bool in_citation = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == kCitationBegin) in_citation = true;
    if (text[i] == kCitationEnd) in_citation = false;
    if (in_citation) continue;
    if (text[i] == open) ++depth;
    if (text[i] != close || --depth > 0) continue;
    return IsOnlyCitations(text.substr(0, i + 1), /*digits_allowed=*/open == '[') ? i + 1 : 0;
  }
  return 0;
}

// Mends the punctuation around a group that was left out between `out` and `rest`: "et al. [3]." keeps one full stop,
// "(SD; [3])" no semicolon. Returns how many bytes of `rest` to skip.
size_t CloseGap(absl::string_view rest, std::string& out) {
  out.resize(out.find_last_not_of(" \t\r\n") + 1);
  const char before = out.empty() ? ' ' : out.back();
  const char after = rest.empty() ? ' ' : rest[0];
  if ((after == ')' || after == ']') && (before == ';' || before == ',')) out.pop_back();
  const bool doubled = before == '.' && after == '.';
  const bool leading = (before == '(' || before == '[') && (after == ',' || after == ';');
  return doubled || leading ? 1 : 0;
}

// Leaves out bracketed groups that are only citations, with the white space before them, and the marks of the others.
std::string FinishCitations(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const size_t group =
        c == '(' || c == '[' ? CitationGroupSize(absl::string_view(text).substr(i, kMaxGroupBytes)) : 0;
    if (group > 0) {
      i += group - 1;
      i += CloseGap(absl::string_view(text).substr(i + 1), out);
      continue;
    }
    if (c != kCitationBegin && c != kCitationEnd) out.push_back(c);
  }
  absl::RemoveExtraAsciiWhitespace(&out);
  return out;
}

bool StartsNumeric(absl::string_view text) {
  if (text.empty()) return false;
  const size_t sign = text[0] == '-' || text[0] == '+'                             ? 1
                      : absl::StartsWith(text, "−") || absl::StartsWith(text, "–") ? 3
                                                                                   : 0;
  return text.size() > sign && absl::ascii_isdigit(static_cast<unsigned char>(text[sign]));
}

void AppendSuperscript(const XmlElement& element, std::string& out) {
  std::string content;
  AppendChildren(element, content);
  absl::StripAsciiWhitespace(&content);
  if (IsOnlyCitations(content, /*digits_allowed=*/false)) return;
  const bool after_digit = !out.empty() && absl::ascii_isdigit(static_cast<unsigned char>(out.back()));
  if (after_digit && StartsNumeric(content)) out += "^";
  out += content;
  // The mark of a footnote, not the mass of an isotope.
  if (out.size() == content.size() && !StartsNumeric(content)) out += ' ';
}

// White space with a line break before a subscript comes from a pretty-printer: no word begins with a subscript.
void AppendSubscript(const XmlElement& element, std::string& out) {
  const size_t end = out.find_last_not_of(" \t\r\n") + 1;
  if (out.find('\n', end) != std::string::npos) out.resize(end);
  AppendChildren(element, out);
}

void AppendCrossReference(const XmlElement& xref, std::string& out) {
  const absl::string_view type = xref.Attribute("ref-type");
  if (type == "fn" || type == "aff" || type == "corresp" || type == "author-notes") return;
  if (type != "bibr") return AppendChildren(xref, out);
  std::string content;
  AppendChildren(xref, content);
  if (content.empty()) return;
  const XmlElement* only = xref.children.size() == 1 ? &xref.children[0] : nullptr;
  if (only != nullptr && only->name == "sup") return;
  out += kCitationBegin;
  for (char c : content) {
    if (c != kCitationBegin && c != kCitationEnd) out += c;
  }
  out += kCitationEnd;
}

// The most readable of the forms in which a formula or picture is given.
void AppendAlternatives(const XmlElement& element, std::string& out) {
  for (absl::string_view form : {"mml:math", "math", "tex-math", "textual-form", "alt-text"}) {
    if (const XmlElement* found = element.Find(form); found != nullptr) return AppendInline(*found, out);
  }
  AppendChildren(element, out);
}

bool IsLeftOut(absl::string_view name) {
  static const auto& kNames = *new absl::flat_hash_set<absl::string_view>(
      {"fn", "index-term", "object-id", "long-desc", "permissions", "attrib", "inline-supplementary-material"});
  return kNames.contains(name);
}

void AppendInline(const XmlElement& node, std::string& out) {
  const absl::string_view name = node.name;
  if (node.is_text()) {
    out += node.text;
  } else if (name == "sup") {
    AppendSuperscript(node, out);
  } else if (name == "sub") {
    AppendSubscript(node, out);
  } else if (name == "xref") {
    AppendCrossReference(node, out);
  } else if (name == "mml:math" || name == "math") {
    out += MathMlText(node);
  } else if (name == "tex-math") {
    out += TexText(node.Text());
  } else if (name == "alternatives" || name == "inline-graphic" || name == "graphic") {
    AppendAlternatives(node, out);
  } else if (name == "break") {
    out += ' ';
  } else if (!IsLeftOut(name)) {
    AppendChildren(node, out);
  }
}

}  // namespace

std::string InlineText(const XmlElement& element) {
  std::string out;
  AppendChildren(element, out);
  return FinishCitations(out);
}

std::string InlineText(const std::vector<const XmlElement*>& nodes) {
  std::string out;
  for (const XmlElement* node : nodes) AppendInline(*node, out);
  return FinishCitations(out);
}

}  // namespace bedside
