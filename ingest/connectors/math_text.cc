#include "ingest/connectors/math_text.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

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

// In parentheses unless it is a single number or name.
std::string Operand(const std::string& math) {
  for (unsigned char c : math) {
    if (!absl::ascii_isalnum(c) && c != '.' && c < 0x80) return absl::StrCat("(", math, ")");
  }
  return math;
}

void AppendMath(const XmlElement& node, std::string& out) {
  if (node.is_text()) {
    std::string text = node.text;
    absl::RemoveExtraAsciiWhitespace(&text);
    out += text;
    return;
  }
  std::vector<const XmlElement*> operands;
  for (const XmlElement& child : node.children) {
    if (!child.is_text()) operands.push_back(&child);
  }
  const absl::string_view name = LocalName(node.name);
  if (name == "annotation" || name == "annotation-xml") return;
  if (name == "mfrac" && operands.size() == 2) {
    absl::StrAppend(&out, Operand(MathOf(*operands[0])), "/", Operand(MathOf(*operands[1])));
  } else if (name == "msup" && operands.size() == 2) {
    absl::StrAppend(&out, Operand(MathOf(*operands[0])), "^", Operand(MathOf(*operands[1])));
  } else if (name == "msubsup" && operands.size() == 3) {
    absl::StrAppend(&out, MathOf(*operands[0]), MathOf(*operands[1]), "^", Operand(MathOf(*operands[2])));
  } else if (name == "msqrt") {
    out += "√(";
    for (const XmlElement* operand : operands) AppendMath(*operand, out);
    out += ")";
  } else if (name == "mspace") {
    out += " ";
  } else {
    for (const XmlElement& child : node.children) AppendMath(child, out);
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
