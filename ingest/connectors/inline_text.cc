#include "ingest/connectors/inline_text.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ingest/connectors/math_text.h"

namespace bedside {
namespace {

// Enclose the text of a citation until FinishMarks; XML has no such characters of its own.
constexpr char kCitationBegin = '\x01';
constexpr char kCitationEnd = '\x02';
// As above, of the mark of a footnote of a table, and of one that is a table's only inside a table.
constexpr char kNoteBegin = '\x03';
constexpr char kOtherNoteBegin = '\x04';
constexpr char kNoteEnd = '\x05';
// A longer group is not only citations, or is not worth looking for its end.
constexpr size_t kMaxGroupBytes = 2000;

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsAlnum(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }
bool IsSpace(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

void AppendInline(const XmlElement& node, std::string& out);

// Elements whose content stands apart from what is around them.
bool IsApart(absl::string_view name) {
  static const auto& kNames =
      *new absl::flat_hash_set<absl::string_view>({"p",          "list",         "list-item",
                                                   "def-list",   "def-item",     "def",
                                                   "term",       "title",        "label",
                                                   "caption",    "sec",          "disp-quote",
                                                   "statement",  "speech",       "boxed-text",
                                                   "preformat",  "verse-group",  "verse-line",
                                                   "table-wrap", "table",        "tr",
                                                   "td",         "th",           "array",
                                                   "fig",        "disp-formula", "disp-formula-group",
                                                   "DispFormula"});
  return kNames.contains(name);
}

void AppendSpace(std::string& out) {
  if (!out.empty() && !IsSpace(out.back())) out += ' ';
}

// Whether `text` goes on with the punctuation of what is before it: ", where" after a displayed formula.
bool BeginsWithPunctuation(absl::string_view text) {
  return !text.empty() && absl::StrContains(",;.:", text[0]) && (text.size() == 1 || IsSpace(text[1]));
}

void AppendNodes(const std::vector<const XmlElement*>& nodes, std::string& out) {
  bool after_block = false;
  for (const XmlElement* node : nodes) {
    const bool is_apart = IsApart(node->name);
    if (is_apart) AppendSpace(out);
    if (after_block && BeginsWithPunctuation(node->text)) out.resize(out.find_last_not_of(' ') + 1);
    AppendInline(*node, out);
    if (is_apart) AppendSpace(out);
    after_block = is_apart;
  }
}

void AppendChildren(const XmlElement& element, std::string& out) {
  std::vector<const XmlElement*> children;
  for (const XmlElement& child : element.children) children.push_back(&child);
  AppendNodes(children, out);
}

// Bytes of a separator of citations at the start of `text`: white space, punctuation, brackets, dashes; 0: none.
size_t SeparatorSize(absl::string_view text) {
  if (IsSpace(text[0]) || absl::StrContains(",;.-()[]", text[0])) return 1;
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
    } else if (digits_allowed && IsDigit(text[0])) {
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

// Whether `text` is numbers and what separates them: "3", "3,5", "3–5".
bool IsNumbers(absl::string_view text) {
  bool has_digit = false;
  while (!text.empty()) {
    const bool is_digit = IsDigit(text[0]);
    const size_t size = is_digit ? 1 : SeparatorSize(text);
    if (size == 0) return false;
    has_digit = has_digit || is_digit;
    text.remove_prefix(size);
  }
  return has_digit;
}

// Whether what follows `out` would be read as a part of its last word or number.
bool IsGlued(absl::string_view out) {
  for (absl::string_view space : {"\u00A0", "\u2009", "\u202F"}) {
    if (absl::EndsWith(out, space)) return false;
  }
  return !out.empty() && !IsSpace(out.back()) && !absl::StrContains("([{/", out.back());
}

// Whether `rest` would be read as a part of a number before it: a range, a word, a number.
bool GoesOn(absl::string_view rest) {
  if (rest.empty()) return false;
  return IsAlnum(rest[0]) || rest[0] == '-' || absl::StartsWith(rest, "–") || absl::StartsWith(rest, "—");
}

// Citations in a row, by their numbers: "3", "," and "5".
struct CitationRun {
  // Without the marks.
  std::string content;
  // Bytes in the text, with the marks.
  size_t size = 0;
};

// The run with which `text` begins; of a citation that is no number, this one alone.
// REQUIRES: text[0] is kCitationBegin
CitationRun FindRun(absl::string_view text) {
  CitationRun run;
  for (size_t at = 0; at < text.size() && text[at] == kCitationBegin;) {
    const size_t end = std::min(text.find(kCitationEnd, at), text.size() - 1);
    const absl::string_view citation = text.substr(at + 1, end - at - 1);
    if (run.size > 0 && !IsNumbers(citation)) break;
    absl::StrAppend(&run.content, text.substr(run.size, at - run.size), citation);
    run.size = end + 1;
    if (!IsNumbers(citation)) break;
    at = run.size;
    while (at < text.size() && SeparatorSize(text.substr(at)) > 0 && !absl::StrContains("()[]", text[at])) {
      at += SeparatorSize(text.substr(at));
    }
  }
  return run;
}

// "[ref 3]", apart from what is before it and from a word or number after it.
void AppendBracketed(absl::string_view kind, absl::string_view content, absl::string_view rest, std::string& out) {
  if (!out.empty() && !absl::StrContains("([", out.back())) AppendSpace(out);
  absl::StrAppend(&out, "[", kind, " ", content, "]");
  if (!rest.empty() && IsAlnum(rest[0])) out += ' ';
}

// Takes the citations with which `text` begins; returns their bytes.
size_t TakeCitations(absl::string_view text, std::string& out) {
  const CitationRun run = FindRun(text);
  const absl::string_view rest = text.substr(run.size);
  const size_t before = out.find_last_not_of(" \t\r\n");
  const bool is_number = IsNumbers(run.content);
  const bool after_number = before != std::string::npos && IsDigit(out[before]);
  if (!is_number || (!IsGlued(out) && !after_number)) {
    out += run.content;
  } else if (!IsGlued(out) || GoesOn(rest)) {
    AppendBracketed("ref", run.content, rest, out);
  }
  return run.size;
}

// Whether `text` is what footnotes are marked with, and could be read as a part of a word or number.
bool IsNoteMark(absl::string_view text) {
  constexpr size_t kMaxBytes = 3;
  const std::vector<absl::string_view> parts = absl::StrSplit(text, absl::ByAnyChar(", "), absl::SkipEmpty());
  return !parts.empty() && std::all_of(parts.begin(), parts.end(), [](absl::string_view part) {
    return part.size() <= kMaxBytes && std::all_of(part.begin(), part.end(), IsAlnum);
  });
}

// Takes the mark of a footnote with which `text` begins, or leaves it out; returns its bytes.
size_t TakeNote(absl::string_view text, bool is_kept, std::string& out) {
  const size_t end = std::min(text.find(kNoteEnd), text.size() - 1);
  const absl::string_view mark = text.substr(1, end - 1);
  if (is_kept && IsNoteMark(mark)) {
    AppendBracketed("note", mark, text.substr(end + 1), out);
  } else if (is_kept) {
    absl::StrAppend(&out, mark);
  }
  return end + 1;
}

// Leaves out bracketed groups that are only citations, with the white space before them, and resolves other marks.
std::string FinishMarks(const std::string& text, bool in_table = false) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const absl::string_view rest = absl::string_view(text).substr(i);
    const char c = text[i];
    const size_t group = c == '(' || c == '[' ? CitationGroupSize(rest.substr(0, kMaxGroupBytes)) : 0;
    if (group > 0) {
      i += group;
      i += CloseGap(rest.substr(group), out);
    } else if (c == kCitationBegin) {
      i += TakeCitations(rest, out);
    } else if (c == kNoteBegin || c == kOtherNoteBegin) {
      i += TakeNote(rest, c == kNoteBegin || in_table, out);
    } else {
      out.push_back(c);
      ++i;
    }
  }
  absl::RemoveExtraAsciiWhitespace(&out);
  return out;
}

bool StartsNumeric(absl::string_view text) {
  if (text.empty()) return false;
  const size_t sign = text[0] == '-' || text[0] == '+'                             ? 1
                      : absl::StartsWith(text, "−") || absl::StartsWith(text, "–") ? 3
                                                                                   : 0;
  return text.size() > sign && IsDigit(text[sign]);
}

void AppendSuperscript(const XmlElement& element, std::string& out) {
  std::string content;
  AppendChildren(element, content);
  absl::StripAsciiWhitespace(&content);
  if (IsOnlyCitations(content, /*digits_allowed=*/false)) return;
  const bool after_digit = !out.empty() && IsDigit(out.back());
  if (after_digit && StartsNumeric(content)) out += "^";
  out += content;
  // The mark of a footnote, not the mass of an isotope.
  if (out.size() == content.size() && !StartsNumeric(content)) out += ' ';
}

// White space with a line break before a subscript comes from a pretty-printer: no word begins with a subscript.
void AppendSubscript(const XmlElement& element, std::string& out) {
  const size_t end = out.find_last_not_of(" \t\r\n") + 1;
  if (out.find('\n', end) != std::string::npos) out.resize(end);
  std::string content;
  AppendChildren(element, content);
  if (!out.empty() && IsDigit(out.back()) && !content.empty() && IsDigit(content[0])) out += '_';
  out += content;
}

std::string WithoutMarks(absl::string_view text) {
  std::string plain;
  for (char c : text) {
    if (c < kCitationBegin || c > kNoteEnd) plain += c;
  }
  return plain;
}

void AppendNoteReference(const XmlElement& xref, char begin, std::string& out) {
  std::string content;
  AppendChildren(xref, content);
  content = WithoutMarks(content);
  absl::StripAsciiWhitespace(&content);
  absl::StrAppend(&out, std::string(1, begin), content, std::string(1, kNoteEnd));
}

void AppendCrossReference(const XmlElement& xref, std::string& out) {
  const absl::string_view type = xref.Attribute("ref-type");
  if (type == "aff" || type == "corresp" || type == "author-notes") return;
  if (type == "table-fn") return AppendNoteReference(xref, kNoteBegin, out);
  if (type == "fn") return AppendNoteReference(xref, kOtherNoteBegin, out);
  if (type != "bibr") return AppendChildren(xref, out);
  std::string content;
  AppendChildren(xref, content);
  if (content.empty()) return;
  const XmlElement* only = xref.children.size() == 1 ? &xref.children[0] : nullptr;
  if (only != nullptr && only->name == "sup") return;
  out += kCitationBegin;
  out += WithoutMarks(content);
  out += kCitationEnd;
}

// A number of the text before a formula that begins with one stays apart: "2" and "1/2".
void AppendMath(const XmlElement& math, std::string& out) {
  const std::string text = MathMlText(math);
  if (!out.empty() && IsDigit(out.back()) && StartsNumeric(text) && IsDigit(text[0])) out += ' ';
  out += text;
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
    AppendMath(node, out);
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
  return FinishMarks(out);
}

std::string CellText(const XmlElement& cell) {
  std::string out;
  AppendChildren(cell, out);
  return FinishMarks(out, /*in_table=*/true);
}

std::string InlineText(const std::vector<const XmlElement*>& nodes) {
  std::string out;
  AppendNodes(nodes, out);
  return FinishMarks(out);
}

std::string NoteMark(absl::string_view label) {
  return IsNoteMark(label) ? absl::StrCat("[note ", label, "]") : std::string(label);
}

}  // namespace bedside
