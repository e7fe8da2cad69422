#include "ingest/connectors/markdown_html.h"

#include <string>

#include "gtest/gtest.h"

namespace bedside {
namespace {

std::string Text(absl::string_view markdown) { return WithoutHtml(markdown).text; }

TEST(MarkdownHtmlTest, LeavesTextWithoutHtmlAlone) {
  for (absl::string_view text :
       {"", "BP <185/110 and >90", "T-score <-3.0", "a < b > c", "x<y and y>z", "<5", "end <", "<https://example.org>",
        "<notatag>", "p<s and more > x", "If A<B and C>D then stop", "if a<b then c>d", "<a b=>", "<p 5>"}) {
    EXPECT_EQ(Text(text), text);
  }
}

TEST(MarkdownHtmlTest, TakesOutComments) {
  EXPECT_EQ(Text("a<!-- one\ntwo -->b"), "ab");
  EXPECT_EQ(Text("a<!-- <b>x</b> -- -->b"), "ab");
}

TEST(MarkdownHtmlTest, TakesOutTagsAndKeepsTheirText) {
  EXPECT_EQ(Text("a <b>bold</b> <span class=\"x > y\">word</span>"), "a bold word");
  EXPECT_EQ(Text("one<br/>two"), "one two");
  EXPECT_EQ(Text("<td>one</td><td>two</td>"), " one  two ");
}

TEST(MarkdownHtmlTest, KeepsPowersApart) {
  EXPECT_EQ(Text("10<sup>6</sup>/L of Ca<sup>2+</sup>, H<sub>2</sub>O"), "10^6/L of Ca2+, H2O");
  EXPECT_EQ(Text("10<sup>&minus;3</sup> 10<sup>−3</sup> 10<sup>**6**</sup> 10<sup><b>6</b></sup>"),
            "10^&minus;3 10^−3 10^**6** 10^6");
  EXPECT_EQ(Text("7<sup>[3](#r3)</sup>"), "7^[3](#r3)");
}

TEST(MarkdownHtmlTest, WordsAfterANumberAreNoPower) { EXPECT_EQ(Text("1<sup>st</sup> of 5<sup>*</sup>"), "1st of 5*"); }

TEST(MarkdownHtmlTest, AnIndexIsNoDigitOfTheNumberBeforeIt) {
  EXPECT_EQ(Text("10<sub>2</sub> units, 5<sub>max</sub>"), "10_2 units, 5max");
}

TEST(MarkdownHtmlTest, TakesOutWhatIsNotShown) {
  EXPECT_EQ(Text("a<script>alert(1)</script>b<style>p{}</style>c"), "abc");
  EXPECT_EQ(Text("a<div hidden>x<div>y</div>z</div>b"), "ab");
  EXPECT_EQ(Text("a<span style=\"color:red; display : none\">x</span>b"), "ab");
  EXPECT_EQ(Text("a<p style='visibility:hidden'>x</p>b"), "ab");
  EXPECT_EQ(Text("a<p style='font-size:0'>x</p>b"), "ab");
  EXPECT_EQ(Text("a<del>x</del>b <s>y</s><strike>z</strike>"), "ab ");
}

TEST(MarkdownHtmlTest, KeepsWhatOnlyLooksHidden) {
  EXPECT_EQ(Text("<p class=\"unhidden\">x</p>"), " x ");
  EXPECT_EQ(Text("<p style=\"opacity:0.9\">x</p>"), " x ");
  EXPECT_EQ(Text("<p style=\"font-size:0.9em\">x</p>"), " x ");
  EXPECT_EQ(Text("eGFR <span aria-hidden=\"true\">below</span> 30"), "eGFR below 30");
}

TEST(MarkdownHtmlTest, KeepsAsTextWhatHasNoEnd) {
  for (absl::string_view text :
       {"a<!-- b\n\n## C\n", "a<script>b", "p <s> 3.\n\n## Contraindications\n", "if a <b> c"}) {
    const VisibleMarkdown visible = WithoutHtml(text);
    EXPECT_EQ(visible.text, text);
    EXPECT_EQ(visible.unclosed, 1u) << text;
    EXPECT_EQ(visible.hidden, 0u) << text;
  }
  EXPECT_EQ(Text("a<!-- b\n\n## C\n\n<!-- d -->e"), "a<!-- b\n\n## C\n\ne");
}

TEST(MarkdownHtmlTest, PhrasesEndWithTheirParagraph) {
  EXPECT_EQ(Text("p <s> 3\n\n<s>gone</s> 4"), "p <s> 3\n\n 4");
  EXPECT_EQ(Text("p <del> 3\n## H\n</del> 4"), "p <del> 3\n## H\n 4");
  EXPECT_EQ(Text("a\n<del>\n\ngone\n\n</del>\nb"), "a\n\nb") << "a block is struck out";
}

TEST(MarkdownHtmlTest, WhatSaysItIsHiddenAndHasNoEndGoesUpToTheEndOfTheParagraph) {
  const VisibleMarkdown visible = WithoutHtml("a<div hidden><div>b</div>c\nd\n\ne");
  EXPECT_EQ(visible.text, "a\ne");
  EXPECT_EQ(visible.hidden, 1u);
}

TEST(MarkdownHtmlTest, CountsWhatIsHidden) {
  EXPECT_EQ(WithoutHtml("<p hidden>x</p><del>y</del><!-- z --><script>s</script><p hidden> </p>").hidden, 2u);
  EXPECT_EQ(WithoutHtml("<b>x</b><br><!-- z -->").unclosed, 0u);
}

TEST(MarkdownHtmlTest, PicturesGiveTheirAlternativeText) {
  EXPECT_EQ(Text("HbA1c <img src=\"ge.gif\" alt=\"≥\"> 48"), "HbA1c  ≥  48");
  EXPECT_EQ(Text("a<img src=x>b<img hidden alt=x>"), "a b ");
}

TEST(MarkdownHtmlTest, PicturesWithTheirDataGiveTheirAlternativeText) {
  const std::string data = std::string(100000, 'A');
  EXPECT_EQ(Text("a<img alt=\"chart\" src=\"data:image/png;base64," + data + "\">b"), "a chart b");
  EXPECT_EQ(Text("a<img src=data:image/png;base64," + data + " alt=chart>b"), "a chart b");
  const std::string text = "a <b title=\"x " + data + "\"> b";
  EXPECT_EQ(Text(text), text) << "text with signs like those of a tag";
}

TEST(MarkdownHtmlTest, LeavesTagsThatDoNotEnd) {
  EXPECT_EQ(Text("a <b c"), "a <b c");
  EXPECT_EQ(Text("<b <i>x</i>"), "<b x");
  EXPECT_EQ(Text("<b title=\"x>"), "<b title=\"x>");
}

TEST(MarkdownHtmlTest, IsLinear) {
  for (const char* piece : {"<b ", "<b>", "<s>", "<!-- ", "<script>", "<div hidden>", "<b x='", "</b>", "<p>\n\n"}) {
    std::string text;
    for (int i = 0; i < 200000; ++i) text += piece;
    EXPECT_LE(Text(text).size(), text.size()) << piece;
  }
}

}  // namespace
}  // namespace bedside
