#include "ingest/connectors/markdown_html.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(MarkdownHtmlTest, LeavesTextWithoutHtmlAlone) {
  for (absl::string_view text : {"", "BP <185/110 and >90", "T-score <-3.0", "a < b > c", "x<y and y>z", "<5", "end <",
                                 "<https://example.org>", "<notatag>"}) {
    EXPECT_EQ(WithoutHtml(text), text);
  }
}

TEST(MarkdownHtmlTest, TakesOutComments) {
  EXPECT_EQ(WithoutHtml("a<!-- one\ntwo -->b"), "ab");
  EXPECT_EQ(WithoutHtml("a<!-- <b>x</b> -- -->b"), "ab");
}

TEST(MarkdownHtmlTest, TakesOutTagsAndKeepsTheirText) {
  EXPECT_EQ(WithoutHtml("a <b>bold</b> <span class=\"x > y\">word</span>"), "a bold word");
  EXPECT_EQ(WithoutHtml("one<br/>two"), "one two");
  EXPECT_EQ(WithoutHtml("<td>one</td><td>two</td>"), " one  two ");
}

TEST(MarkdownHtmlTest, KeepsPowersApart) {
  EXPECT_EQ(WithoutHtml("10<sup>6</sup>/L of Ca<sup>2+</sup>, H<sub>2</sub>O"), "10^6/L of Ca2+, H2O");
}

TEST(MarkdownHtmlTest, TakesOutWhatIsNotShown) {
  EXPECT_EQ(WithoutHtml("a<script>alert(1)</script>b<style>p{}</style>c"), "abc");
  EXPECT_EQ(WithoutHtml("a<div hidden>x<div>y</div>z</div>b"), "ab");
  EXPECT_EQ(WithoutHtml("a<span style=\"color:red; display : none\">x</span>b"), "ab");
  EXPECT_EQ(WithoutHtml("a<p style='visibility:hidden'>x</p>b"), "ab");
  EXPECT_EQ(WithoutHtml("a<p style='font-size:0'>x</p>b"), "ab");
  EXPECT_EQ(WithoutHtml("a<p aria-hidden=\"true\">x</p>b"), "ab");
  EXPECT_EQ(WithoutHtml("a<del>x</del>b"), "ab");
}

TEST(MarkdownHtmlTest, KeepsWhatOnlyLooksHidden) {
  EXPECT_EQ(WithoutHtml("<p class=\"unhidden\">x</p>"), " x ");
  EXPECT_EQ(WithoutHtml("<p style=\"opacity:0.9\">x</p>"), " x ");
}

TEST(MarkdownHtmlTest, HidesToTheEndWhatHasNone) {
  EXPECT_EQ(WithoutHtml("a<!-- b"), "a");
  EXPECT_EQ(WithoutHtml("a<script>b"), "a");
  EXPECT_EQ(WithoutHtml("a<div hidden><div>b</div>c"), "a");
}

TEST(MarkdownHtmlTest, LeavesTagsThatDoNotEnd) {
  EXPECT_EQ(WithoutHtml("a <b c"), "a <b c");
  EXPECT_EQ(WithoutHtml("<b <i>x</i>"), "<b x");
  EXPECT_EQ(WithoutHtml("<b title=\"x>"), "<b title=\"x>");
}

TEST(MarkdownHtmlTest, IsLinear) {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += "<b ";
  EXPECT_EQ(WithoutHtml(text), text);
}

}  // namespace
}  // namespace bedside
