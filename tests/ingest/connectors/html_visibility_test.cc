#include "ingest/connectors/html_visibility.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

// Whether the first element of the body is hidden.
bool IsHidden(absl::string_view element, absl::string_view style_sheet = "", absl::string_view background = "") {
  const auto tree = HtmlTree::Parse(absl::StrCat("<style>", style_sheet, "</style><body>", element));
  for (const GumboNode* body : FindAll((*tree)->root(), GUMBO_TAG_BODY)) {
    return HtmlVisibility((*tree)->root()).IsHidden(*Children(*body)[0], background);
  }
  return false;
}

bool IsHiddenByStyle(absl::string_view style) { return IsHidden(absl::StrCat("<p style=\"", style, "\">t")); }

TEST(HtmlVisibilityTest, WhatNothingHidesIsSeen) {
  EXPECT_FALSE(IsHidden("<p>t"));
  EXPECT_FALSE(IsHidden("<p aria-hidden=false>t"));
  EXPECT_FALSE(IsHidden("<p aria-hidden=true>t")) << "only screen readers pass it over";
  for (const char* style :
       {"", "display:block", "visibility:visible", "font-size:12px", "opacity:0.5", "color:#111", "left:-4px",
        "overflow:hidden", "height:0", "text-indent:-2em", "nonsense", ";;:", "a:b:c"}) {
    EXPECT_FALSE(IsHiddenByStyle(style)) << style;
  }
}

TEST(HtmlVisibilityTest, AttributesHide) {
  EXPECT_TRUE(IsHidden("<p hidden>t"));
  EXPECT_TRUE(IsHidden("<p hidden=''>t"));
}

TEST(HtmlVisibilityTest, StylesHide) {
  for (const char* style :
       {"display:none", "DISPLAY : None !important", "visibility:hidden", "visibility:collapse", "font-size:0",
        "font-size:1px", "font-size:0.01em", "font-size:5%", "opacity:0", "opacity:.01", "color:transparent",
        "text-indent:-9999px", "position:absolute;left:-5000px", "top:-999px", "margin-left:-1000em",
        "overflow:hidden;height:0", "overflow:hidden;max-height:0px", "clip:rect(0,0,0,0)"}) {
    EXPECT_TRUE(IsHiddenByStyle(style)) << style;
  }
}

TEST(HtmlVisibilityTest, RulesForAClassOrAnIdHide) {
  EXPECT_TRUE(IsHidden("<p class='a gone'>t", ".gone { display:none }"));
  EXPECT_TRUE(IsHidden("<p id=gone>t", "p{} /* .x{ */ .b, #gone{font-size:0}"));
  EXPECT_FALSE(IsHidden("<p class=a>t", ".gone{display:none}"));
}

TEST(HtmlVisibilityTest, RulesThatMayNotApplyDoNotHide) {
  EXPECT_FALSE(IsHidden("<p class=a>t", "@media print { .a { display:none } }"));
  EXPECT_FALSE(IsHidden("<p class=a>t", ".menu .a{display:none} .a:hover{display:none} .a.b{display:none}"));
  EXPECT_TRUE(IsHidden("<p class=a>t", "@import 'x.css'; @media print{.b{}} .a{display:none}"));
}

TEST(HtmlVisibilityTest, TheColourOfTheBackgroundHides) {
  EXPECT_TRUE(IsHiddenByStyle("color:white"));
  EXPECT_TRUE(IsHiddenByStyle("color:#FFF"));
  EXPECT_TRUE(IsHiddenByStyle("color: rgb(255, 255, 255)"));
  EXPECT_TRUE(IsHiddenByStyle("color:#000;background:black"));
  EXPECT_FALSE(IsHiddenByStyle("color:white;background-color:#003"));
  EXPECT_FALSE(IsHiddenByStyle("color:white;background-image:linear-gradient(red,blue)"));
  EXPECT_TRUE(IsHidden("<font color=white>t</font>"));
  EXPECT_FALSE(IsHidden("<font color=white>t</font>", "", "#000000"));
  EXPECT_TRUE(IsHidden("<p style='color:black'>t", "", "#000000"));
}

TEST(HtmlVisibilityTest, BackgroundsComeDownToTheContent) {
  const auto tree = HtmlTree::Parse("<div style='background:#123'><p>t</p></div><table bgcolor=black><tr><td>t");
  const HtmlVisibility visibility((*tree)->root());
  const GumboNode& div = *FindAll((*tree)->root(), GUMBO_TAG_DIV).at(0);
  const GumboNode& table = *FindAll((*tree)->root(), GUMBO_TAG_TABLE).at(0);
  EXPECT_EQ(visibility.Background(div, ""), "#112233");
  EXPECT_EQ(visibility.Background(*FindAll(div, GUMBO_TAG_P).at(0), "#112233"), "#112233");
  EXPECT_EQ(visibility.Background(table, ""), "#000000");
}

TEST(HtmlVisibilityTest, SurvivesBrokenStyleSheets) {
  for (const char* sheet : {"{", "}", ".a{", "@", "@media", "@media{", "/*", "/* ", "*/", ".a{display:none", "<!--"}) {
    EXPECT_FALSE(IsHidden("<p class=b>t", sheet)) << sheet;
  }
}

}  // namespace
}  // namespace bedside
