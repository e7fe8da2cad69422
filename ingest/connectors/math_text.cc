#include "ingest/connectors/math_text.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

namespace bedside {
namespace {

absl::string_view LocalName(absl::string_view name) {
  const size_t colon = name.find(':');
  return colon == absl::string_view::npos ? name : name.substr(colon + 1);
}

void AppendMath(const XmlElement& node, std::string& out);

std::string MathOf(const XmlElement& node) {
  std::string out;
  AppendMath(node, out);
  return out;
}

bool BeginsWithAlnum(absl::string_view text) {
  return !text.empty() && absl::ascii_isalnum(static_cast<unsigned char>(text[0]));
}

bool EndsInDigit(absl::string_view text) {
  return !text.empty() && absl::ascii_isdigit(static_cast<unsigned char>(text.back()));
}

// In parentheses unless it is a single number or name. "−" and the like are operators, Greek letters are names.
std::string Operand(const std::string& math) {
  bool is_plain = true;
  for (unsigned char c : math) is_plain = is_plain && (absl::ascii_isalnum(c) || c == '.' || c >= 0x80);
  for (absl::string_view sign : {"±", "×", "÷", "·", "−", "∑", "∏", "∫", "≤", "≥", "≠", "≈", "∈"}) {
    is_plain = is_plain && !absl::StrContains(math, sign);
  }
  return is_plain ? math : absl::StrCat("(", math, ")");
}

// A number with a sign needs no parentheses: "10^−3", as in the text around formulas.
std::string Exponent(const std::string& math) {
  absl::string_view unsigned_part = math;
  if (!absl::ConsumePrefix(&unsigned_part, "−")) absl::ConsumePrefix(&unsigned_part, "-");
  const std::string plain(unsigned_part);
  return Operand(plain) == plain ? math : absl::StrCat("(", math, ")");
}

using Operands = std::vector<const XmlElement*>;

Operands ElementsOf(const XmlElement& node) {
  Operands elements;
  for (const XmlElement& child : node.children) {
    if (!child.is_text()) elements.push_back(&child);
  }
  return elements;
}

// Of an attribute that has `otherwise` as its default.
absl::string_view AttributeOr(const XmlElement& node, absl::string_view name, absl::string_view otherwise) {
  for (const auto& [key, value] : node.attributes) {
    if (key == name) return value;
  }
  return otherwise;
}

std::string Subscripted(const std::string& base, const std::string& index) {
  const bool runs_together = EndsInDigit(base) && BeginsWithAlnum(index);
  return absl::StrCat(base, runs_together ? "_" : "", index);
}

// Accents stand beside their letter; bounds and names are marked as such.
std::string WithScript(const std::string& base, absl::string_view mark, const std::string& script) {
  return BeginsWithAlnum(script) ? absl::StrCat(base, mark, Operand(script)) : absl::StrCat(base, script);
}

std::string Fenced(const XmlElement& node, const Operands& operands) {
  const absl::string_view separators = AttributeOr(node, "separators", ",");
  std::string out(AttributeOr(node, "open", "("));
  for (size_t i = 0; i < operands.size(); ++i) {
    if (i > 0 && !separators.empty()) out += separators[std::min(i, separators.size()) - 1];
    AppendMath(*operands[i], out);
  }
  return absl::StrCat(out, AttributeOr(node, "close", ")"));
}

// The cells of a row, or the rows of a table.
std::string Joined(const Operands& operands, absl::string_view separator) {
  std::vector<std::string> parts;
  for (const XmlElement* operand : operands) parts.push_back(MathOf(*operand));
  return absl::StrJoin(parts, separator);
}

// Whether a reader sees a fraction first, or with `at_end` last.
bool HasFraction(const XmlElement& node, bool at_end) {
  const absl::string_view name = LocalName(node.name);
  if (name == "mfrac") return true;
  if (name != "mrow" && name != "mstyle" && name != "mpadded") return false;
  const Operands elements = ElementsOf(node);
  return !elements.empty() && HasFraction(at_end ? *elements.back() : *elements.front(), at_end);
}

// A run of elements. A fraction is kept from the number or name beside it.
void AppendRow(const XmlElement& row, std::string& out) {
  bool after_fraction = false;
  for (const XmlElement& child : row.children) {
    const std::string math = MathOf(child);
    if (math.empty()) continue;
    const bool apart = (HasFraction(child, false) && EndsInDigit(out)) || (after_fraction && BeginsWithAlnum(math));
    absl::StrAppend(&out, apart ? " " : "", math);
    after_fraction = HasFraction(child, true);
  }
}

// White space at the ends of a text counts; elsewhere it comes from a pretty-printer.
std::string TextToken(const XmlElement& token) {
  std::string raw;
  for (const XmlElement& child : token.children) raw += child.text;
  std::string text = token.Text();
  if (text.empty()) return raw.empty() ? "" : " ";
  if (absl::ascii_isspace(static_cast<unsigned char>(raw.front()))) text.insert(0, " ");
  if (absl::ascii_isspace(static_cast<unsigned char>(raw.back()))) text += " ";
  return text;
}

bool IsBinary(absl::string_view name) {
  return name == "mfrac" || name == "msup" || name == "msub" || name == "munder" || name == "mover" || name == "mroot";
}

// REQUIRES: IsBinary(name)
std::string Binary(absl::string_view name, const std::string& a, const std::string& b) {
  if (name == "mfrac") return absl::StrCat(Operand(a), "/", Operand(b));
  if (name == "msup") return absl::StrCat(Operand(a), "^", Exponent(b));
  if (name == "msub") return Subscripted(a, b);
  if (name == "mroot") return absl::StrCat(Operand(a), "^(1/", Operand(b), ")");
  return WithScript(a, name == "munder" ? "_" : "^", b);
}

bool IsTernary(absl::string_view name) { return name == "msubsup" || name == "munderover"; }

// REQUIRES: IsTernary(name)
std::string Ternary(absl::string_view name, const std::string& a, const std::string& b, const std::string& c) {
  if (name == "msubsup") return absl::StrCat(Subscripted(a, b), "^", Exponent(c));
  return WithScript(WithScript(a, "_", b), "^", c);
}

void AppendText(absl::string_view raw, std::string& out) {
  std::string text(raw);
  absl::RemoveExtraAsciiWhitespace(&text);
  out += text;
}

void AppendMath(const XmlElement& node, std::string& out) {
  if (node.is_text()) return AppendText(node.text, out);
  const absl::string_view name = LocalName(node.name);
  const Operands operands = ElementsOf(node);
  if (name == "annotation" || name == "annotation-xml" || name == "mphantom") return;
  if (IsBinary(name) && operands.size() == 2) {
    out += Binary(name, MathOf(*operands[0]), MathOf(*operands[1]));
  } else if (IsTernary(name) && operands.size() == 3) {
    out += Ternary(name, MathOf(*operands[0]), MathOf(*operands[1]), MathOf(*operands[2]));
  } else if (name == "mfenced") {
    out += Fenced(node, operands);
  } else if (name == "mtable") {
    out += Joined(operands, "; ");
  } else if (name == "mtr" || name == "mlabeledtr") {
    out += Joined(operands, ", ");
  } else if (name == "mtext") {
    out += TextToken(node);
  } else if (name == "msqrt") {
    out += "√(";
    AppendRow(node, out);
    out += ")";
  } else if (name == "mspace") {
    out += " ";
  } else {
    AppendRow(node, out);
  }
}

}  // namespace

std::string MathMlText(const XmlElement& math) { return MathOf(math); }

std::string TexText(absl::string_view tex) {
  constexpr absl::string_view kBegin = "\\begin{document}";
  const size_t begin = tex.find(kBegin);
  if (begin != absl::string_view::npos) tex.remove_prefix(begin + kBegin.size());
  tex = tex.substr(0, tex.find("\\end{document}"));
  std::string text;
  for (char c : tex) {
    if (c != '$') text.push_back(c);
  }
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

}  // namespace bedside
