#include "ingest/connectors/html_part.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

namespace bedside {
namespace {

// Bounds the time for hostile pages.
constexpr size_t kSearchedAncestors = 64;

bool IsCode(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_HEAD:
      return true;
    default:
      return false;
  }
}

bool IsFurniture(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_SVG:
      return true;
    default:
      return false;
  }
}

bool HasFurnitureRole(const GumboNode& element) {
  const absl::string_view role = HtmlAttribute(element, "role");
  return role == "navigation" || role == "banner" || role == "contentinfo" || role == "search" ||
         role == "doc-bibliography";
}

bool Holds(const GumboNode& element, std::initializer_list<GumboTag> tags) {
  for (GumboTag tag : tags) {
    if (!FindAll(element, tag).empty()) return true;
  }
  return false;
}

bool HoldsHeading(const GumboNode& element) {
  return Holds(element, {GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6});
}

// Whether one of the next kSearchedAncestors elements around it is of such a tag.
bool IsInside(const GumboNode& element, absl::FunctionRef<bool(GumboTag)> is_such) {
  const GumboNode* node = element.parent;
  for (size_t i = 0; i < kSearchedAncestors && node->type == GUMBO_NODE_ELEMENT; ++i, node = node->parent) {
    if (is_such(node->v.element.tag)) return true;
  }
  return false;
}

bool IsInSection(const GumboNode& element) {
  return IsInside(element, [](GumboTag tag) { return tag == GUMBO_TAG_SECTION || tag == GUMBO_TAG_ARTICLE; });
}

bool IsInHeading(const GumboNode& element) {
  return IsInside(element, [](GumboTag tag) { return HtmlHeadingLevel(tag) > 0; });
}

// A struck element that nobody closed strikes the rest of the page: rather a tag that is none, and text.
bool IsStruck(const GumboNode& element) {
  const GumboTag tag = element.v.element.tag;
  if (tag != GUMBO_TAG_DEL && tag != GUMBO_TAG_S && tag != GUMBO_TAG_STRIKE) return false;
  return (element.parse_flags &
          (GUMBO_INSERTION_IMPLICIT_END_TAG | GUMBO_INSERTION_RECONSTRUCTED_FORMATTING_ELEMENT)) == 0;
}

// More than a sign such as "#", "¶" or a pictogram.
bool IsWords(absl::string_view text) {
  constexpr size_t kMaxSignBytes = 4;
  text = absl::StripAsciiWhitespace(text);
  return text.size() > kMaxSignBytes ||
         std::any_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isalnum(c); });
}

// Whether text inside, or the alternative text of a picture, has words.
bool HasWords(const GumboNode& element) {
  std::vector<const GumboNode*> pending = {&element};
  while (!pending.empty()) {
    const GumboNode& node = *pending.back();
    pending.pop_back();
    const bool is_text = node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA;
    if (is_text && IsWords(node.v.text.text)) return true;
    if (IsElement(node, GUMBO_TAG_IMG) && IsWords(HtmlAttribute(node, "alt"))) return true;
    for (const GumboNode* child : Children(node)) pending.push_back(child);
  }
  return false;
}

// What sighted readers see of a formula whose MathML comes before it, as KaTeX writes them; the mark of a heading that
// links to itself, inside it or beside it.
bool IsTwin(const GumboNode& element) {
  if (HtmlAttribute(element, "aria-hidden") != "true") return false;
  if (IsElement(element, GUMBO_TAG_A)) return IsInHeading(element) || !HasWords(element);
  if (element.index_within_parent == 0) return false;
  const GumboNode& before = *Children(*element.parent)[element.index_within_parent - 1];
  const auto children = Children(before);
  return IsElement(before, GUMBO_TAG_MATH) || (!children.empty() && IsElement(*children[0], GUMBO_TAG_MATH));
}

}  // namespace

HtmlPart PartOf(const GumboNode& element, bool in_main) {
  const GumboTag tag = element.v.element.tag;
  if (IsCode(tag)) return HtmlPart::kCode;
  if (IsTwin(element)) return HtmlPart::kTwin;
  bool is_furniture = IsFurniture(tag) || HasFurnitureRole(element) || IsStruck(element);
  if (tag == GUMBO_TAG_HEADER) is_furniture |= !in_main && IsElement(*element.parent, GUMBO_TAG_BODY);
  if (tag == GUMBO_TAG_ASIDE) is_furniture |= !in_main && !IsInSection(element);
  if (tag == GUMBO_TAG_FORM) {
    is_furniture |= !HoldsHeading(element) &&
                    !Holds(element, {GUMBO_TAG_P, GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DL, GUMBO_TAG_TABLE});
  }
  if (tag == GUMBO_TAG_BUTTON) is_furniture |= !IsInHeading(element) && !HoldsHeading(element);
  return is_furniture ? HtmlPart::kFurniture : HtmlPart::kText;
}

bool IsInlineElement(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_ACRONYM:
    case GUMBO_TAG_B:
    case GUMBO_TAG_BIG:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_DATA:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_I:
    case GUMBO_TAG_INS:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_U:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_WBR:
      return true;
    default:
      return false;
  }
}

int HtmlHeadingLevel(GumboTag tag) { return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6 ? tag - GUMBO_TAG_H1 + 1 : 0; }

}  // namespace bedside
