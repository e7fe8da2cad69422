#include "ingest/connectors/html_visibility.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

constexpr absl::string_view kWhite = "#ffffff";

// Properties in lower case and without white space.
using Declarations = absl::flat_hash_map<std::string, std::string>;

Declarations ParseDeclarations(absl::string_view style) {
  Declarations declarations;
  if (style.empty()) return declarations;
  for (absl::string_view declaration : absl::StrSplit(style, ';')) {
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(declaration, absl::MaxSplits(':', 1));
    std::string value = absl::AsciiStrToLower(parts.second);
    value.erase(std::remove_if(value.begin(), value.end(), [](unsigned char c) { return absl::ascii_isspace(c); }),
                value.end());
    declarations[absl::AsciiStrToLower(absl::StripAsciiWhitespace(parts.first))] =
        absl::StrReplaceAll(value, {{"!important", ""}});
  }
  return declarations;
}

absl::string_view Value(const Declarations& declarations, absl::string_view property) {
  const auto it = declarations.find(property);
  return it == declarations.end() ? absl::string_view() : it->second;
}

// "#rrggbb" of the common ways to write a colour; other ways stay as they are.
std::string Colour(absl::string_view value) {
  if (value == "white" || value == "rgb(255,255,255)" || value == "#fff") return std::string(kWhite);
  if (value == "black" || value == "rgb(0,0,0)" || value == "#000") return "#000000";
  if (value.size() == 4 && value[0] == '#') {
    return absl::StrCat("#", std::string(2, value[1]), std::string(2, value[2]), std::string(2, value[3]));
  }
  return std::string(value);
}

// The number at the start of a length; `otherwise` when there is none.
double Length(absl::string_view value, double otherwise) {
  double number = 0;
  return absl::SimpleAtod(value.substr(0, value.find_first_not_of("+-.0123456789")), &number) ? number : otherwise;
}

bool IsZero(absl::string_view value) { return Length(value, 1) == 0; }
bool IsFarAway(absl::string_view value) { return Length(value, 0) <= -500; }

bool IsUnreadablySmall(absl::string_view font_size) {
  const double number = Length(font_size, 16);
  if (absl::EndsWith(font_size, "em")) return number < 0.1;
  return absl::EndsWith(font_size, "%") ? number < 10 : number < 2;
}

bool Hides(const Declarations& style) {
  const absl::string_view visibility = Value(style, "visibility");
  const bool overflow = Value(style, "overflow") == "hidden";
  return Value(style, "display") == "none" || visibility == "hidden" || visibility == "collapse" ||
         IsUnreadablySmall(Value(style, "font-size")) || Length(Value(style, "opacity"), 1) < 0.05 ||
         Value(style, "color") == "transparent" || IsFarAway(Value(style, "text-indent")) ||
         IsFarAway(Value(style, "left")) || IsFarAway(Value(style, "top")) || IsFarAway(Value(style, "margin-left")) ||
         (overflow &&
          (IsZero(Value(style, "height")) || IsZero(Value(style, "width")) || IsZero(Value(style, "max-height")))) ||
         absl::StartsWith(Value(style, "clip"), "rect(0");
}

std::string OwnBackground(const GumboNode& element, const Declarations& style) {
  for (absl::string_view property : {"background-image", "background-color", "background"}) {
    const absl::string_view value = Value(style, property);
    if (!value.empty() && value != "transparent" && value != "none" && value != "inherit") return Colour(value);
  }
  return Colour(absl::AsciiStrToLower(HtmlAttribute(element, "bgcolor")));
}

// Without comments and without the blocks of @-rules, which may be for paper or small screens.
std::string PlainRules(absl::string_view style_sheet) {
  std::string rules;
  size_t depth_of_at_rule = 0;
  bool in_at_rule = false;
  for (size_t i = 0; i < style_sheet.size(); ++i) {
    const char c = style_sheet[i];
    if (absl::StartsWith(style_sheet.substr(i), "/*")) {
      i = std::min(style_sheet.find("*/", i), style_sheet.size() - 2) + 1;
    } else if (c == '@' && !in_at_rule) {
      in_at_rule = true;
      depth_of_at_rule = 0;
    } else if (!in_at_rule) {
      rules.push_back(c);
    } else if (c == '{') {
      ++depth_of_at_rule;
    } else if ((c == ';' && depth_of_at_rule == 0) ||
               (c == '}' && (depth_of_at_rule == 0 || --depth_of_at_rule == 0))) {
      in_at_rule = false;
    }
  }
  return rules;
}

}  // namespace

HtmlVisibility::HtmlVisibility(const GumboNode& root) {
  for (const GumboNode* style : FindAll(root, GUMBO_TAG_STYLE)) {
    for (const GumboNode* text : Children(*style)) {
      if (text->type == GUMBO_NODE_TEXT) AddRules(text->v.text.text);
    }
  }
}

void HtmlVisibility::AddRules(absl::string_view style_sheet) {
  const std::string rules = PlainRules(style_sheet);
  for (absl::string_view rule : absl::StrSplit(rules, '}')) {
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(rule, absl::MaxSplits('{', 1));
    if (parts.second.empty() || !Hides(ParseDeclarations(parts.second))) continue;
    for (absl::string_view selector : absl::StrSplit(parts.first, ',')) {
      selector = absl::StripAsciiWhitespace(selector);
      if (selector.size() < 2 || selector.find_first_of(" .#:>+~[*", 1) != absl::string_view::npos) continue;
      if (selector[0] == '.') hidden_classes_.emplace(selector.substr(1));
      if (selector[0] == '#') hidden_ids_.emplace(selector.substr(1));
    }
  }
}

bool HtmlVisibility::IsHidden(const GumboNode& element, absl::string_view background) const {
  if (HasHtmlAttribute(element, "hidden")) return true;
  if (hidden_ids_.contains(HtmlAttribute(element, "id"))) return true;
  for (absl::string_view name : absl::StrSplit(HtmlAttribute(element, "class"), ' ', absl::SkipEmpty())) {
    if (hidden_classes_.contains(name)) return true;
  }
  const Declarations style = ParseDeclarations(HtmlAttribute(element, "style"));
  if (Hides(style)) return true;
  std::string colour = Colour(Value(style, "color"));
  if (colour.empty() && IsElement(element, GUMBO_TAG_FONT)) {
    colour = Colour(absl::AsciiStrToLower(HtmlAttribute(element, "color")));
  }
  const std::string own = OwnBackground(element, style);
  return !colour.empty() && colour == (!own.empty()         ? own
                                       : background.empty() ? std::string(kWhite)
                                                            : std::string(background));
}

std::string HtmlVisibility::Background(const GumboNode& element, absl::string_view background) const {
  const std::string own = OwnBackground(element, ParseDeclarations(HtmlAttribute(element, "style")));
  return own.empty() ? std::string(background) : own;
}

}  // namespace bedside
