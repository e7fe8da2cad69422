#include "ingest/connectors/html_math.h"

#include "absl/strings/ascii.h"
#include "ingest/connectors/math_text.h"
#include "ingest/connectors/xml_element.h"

namespace bedside {
namespace {

using IsLeftOut = absl::FunctionRef<bool(const GumboNode&)>;

// gumbo knows few names of MathML.
std::string ElementName(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece name = element.original_tag;
  gumbo_tag_from_original_text(&name);
  return absl::AsciiStrToLower(absl::string_view(name.data, name.length));
}

XmlElement ToXml(const GumboNode& node, IsLeftOut is_left_out, size_t depth) {
  XmlElement xml;
  if (node.type != GUMBO_NODE_ELEMENT) {
    xml.text = node.v.text.text;
    return xml;
  }
  xml.name = ElementName(node.v.element);
  for (const GumboNode* child : Children(node)) {
    const bool is_element = child->type == GUMBO_NODE_ELEMENT;
    const bool is_text = child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_CDATA;
    if (is_element ? depth < kMaxXmlDepth && !is_left_out(*child) : is_text) {
      xml.children.push_back(ToXml(*child, is_left_out, depth + 1));
    }
  }
  return xml;
}

}  // namespace

std::string HtmlMathText(const GumboNode& math, absl::FunctionRef<bool(const GumboNode&)> is_left_out) {
  return MathMlText(ToXml(math, is_left_out, 1));
}

}  // namespace bedside
