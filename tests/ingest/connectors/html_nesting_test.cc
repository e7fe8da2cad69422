#include "ingest/connectors/html_nesting.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

constexpr size_t kLimit = 100;

size_t Depth(absl::string_view html) { return MeasureHtml(html, {kLimit, kLimit}).depth; }
size_t Attributes(absl::string_view html) { return MeasureHtml(html, {kLimit, kLimit}).attributes; }

std::string Repeated(absl::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) absl::StrAppend(&out, text);
  return out;
}

TEST(HtmlNestingTest, CountsWhatIsOpenAtOnce) {
  EXPECT_EQ(Depth(""), 0u);
  EXPECT_EQ(Depth("only text"), 0u);
  EXPECT_EQ(Depth("<div><div>x</div></div><div>y</div>"), 2u);
  EXPECT_EQ(Depth("<DIV><Section></SECTION></div>"), 2u);
}

TEST(HtmlNestingTest, ElementsThatCannotNestInThemselvesDoNotCount) {
  EXPECT_EQ(Depth(Repeated("<p>x", 1000)), 0u);
  EXPECT_EQ(Depth(Repeated("<li>", 1000)), 0u);
  EXPECT_EQ(Depth(Repeated("<br><img src=x>", 1000)), 0u);
}

TEST(HtmlNestingTest, GivesUpSoonAfterTheLimit) {
  const size_t depth = Depth(Repeated("<div>", 1000000));
  EXPECT_GT(depth, kLimit);
  EXPECT_LT(depth, 2 * kLimit);
}

TEST(HtmlNestingTest, WhatLooksLikeTagsAndIsNoneDoesNotCount) {
  EXPECT_EQ(Depth("<!-- <div><div><div> -->"), 0u);
  EXPECT_EQ(Depth("<script>'<div><div>'</script>"), 0u);
  EXPECT_EQ(Depth("<style><div></style><title><div></title>"), 0u);
  EXPECT_EQ(Depth("<img alt='<div><div>'>"), 0u);
  EXPECT_EQ(Depth("a < b, <3"), 0u);
}

// An end tag inside one of these ends nothing, and so hides no depth.
TEST(HtmlNestingTest, EndTagsInCommentsAndAttributesEndNothing) {
  EXPECT_GT(Depth(Repeated("<div><!-- </div> -->", 200)), kLimit);
  EXPECT_GT(Depth(Repeated("<div title='</div>'>", 200)), kLimit);
  EXPECT_GT(Depth(Repeated("<div><script></div></script>", 200)), kLimit);
}

TEST(HtmlNestingTest, EndTagsOfWhatIsNotOpenEndNothing) {
  EXPECT_GT(Depth(Repeated("<div></span>", 200)), kLimit);
  EXPECT_GT(Depth(Repeated("<div><table></div>", 200)), kLimit);
}

TEST(HtmlNestingTest, CountsTheAttributesOfTheTagThatHasMost) {
  EXPECT_EQ(Attributes("<p>text a b c</p>"), 0u);
  EXPECT_EQ(Attributes("<p a><p a b='1 2 3' c = \"4\" d=5/><p a>"), 4u);
  EXPECT_EQ(Attributes("<p a/b/c =d>"), 3u);
  EXPECT_EQ(Attributes("<!-- <p a b c> --><p a='<p a b c>'>"), 1u);
}

TEST(HtmlNestingTest, GivesUpWhenATagHasTooManyAttributes) {
  EXPECT_GT(Attributes("<p" + Repeated(" a", 1000) + ">"), kLimit);
  EXPECT_GT(Attributes("<svg><style><g" + Repeated(" a", 1000) + ">"), kLimit) << "no style of HTML";
}

TEST(HtmlNestingTest, IsLinear) {
  for (const char* piece : {"<a", "<a ", "<a b=", "<a b='", "</", "<!--"}) {
    for (const char* start : {"", "<script>", "<svg><style>"}) {
      EXPECT_LE(Depth(start + Repeated(piece, 300000)), 2 * kLimit) << start << piece;
    }
  }
}

TEST(HtmlNestingTest, SurvivesWhatBreaksOff) {
  for (const char* html : {"<", "</", "<d", "<div", "<div a", "<div a=", "<div a='", "<!", "<!-", "<!--", "<![CDATA[",
                           "<script", "<script>", "</div", "<div/", "<?x"}) {
    EXPECT_LE(Depth(html), 1u) << html;
  }
}

}  // namespace
}  // namespace bedside
