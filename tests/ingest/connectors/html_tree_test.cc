#include "ingest/connectors/html_tree.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string Repeated(absl::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) absl::StrAppend(&out, text);
  return out;
}

TEST(HtmlTreeTest, FindsElementsInTheOrderOfThePage) {
  const auto tree = HtmlTree::Parse("<p id=a>x<p id=b><b id=c></b><div><p id=d>");
  ASSERT_THAT(tree, IsOk());
  std::string ids;
  for (const GumboNode* node : FindAll((*tree)->root(), GUMBO_TAG_P)) absl::StrAppend(&ids, HtmlAttribute(*node, "id"));
  EXPECT_EQ(ids, "abd");
  EXPECT_TRUE(IsElement((*tree)->root(), GUMBO_TAG_HTML));
}

TEST(HtmlTreeTest, AttributesWithoutValueAreAttributes) {
  const auto tree = HtmlTree::Parse("<p hidden class>x");
  ASSERT_THAT(tree, IsOk());
  const GumboNode& p = *FindAll((*tree)->root(), GUMBO_TAG_P).at(0);
  EXPECT_TRUE(HasHtmlAttribute(p, "hidden"));
  EXPECT_FALSE(HasHtmlAttribute(p, "id"));
  EXPECT_EQ(HtmlAttribute(p, "class"), "");
}

TEST(HtmlTreeTest, TextHasNeitherAttributesNorChildren) {
  const auto tree = HtmlTree::Parse("<p>x");
  ASSERT_THAT(tree, IsOk());
  const GumboNode& text = *Children(*FindAll((*tree)->root(), GUMBO_TAG_P).at(0))[0];
  EXPECT_THAT(Children(text), IsEmpty());
  EXPECT_EQ(HtmlAttribute(text, "id"), "");
  EXPECT_FALSE(HasHtmlAttribute(text, "id"));
}

TEST(HtmlTreeTest, APageOfNothingHasARoot) {
  const auto tree = HtmlTree::Parse("");
  ASSERT_THAT(tree, IsOk());
  EXPECT_THAT(FindAll((*tree)->root(), GUMBO_TAG_BODY), SizeIs(1));
}

TEST(HtmlTreeTest, PagesOverALimitAreRefusedWithTheReason) {
  EXPECT_THAT(HtmlTree::Parse(std::string((16 << 20) + 1, 'x')),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("16 MiB")));
  EXPECT_THAT(HtmlTree::Parse(Repeated("<div>", 2001)),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("2000 deep")));
  EXPECT_THAT(HtmlTree::Parse(Repeated("<div>", 1900)), IsOk());
}

// Each <p> ends the formatting elements inside the last one, and HTML5 opens them all again.
TEST(HtmlTreeTest, ATreeThatGrowsOutOfAllProportionIsRefused) {
  std::string html = "<p>";
  for (int i = 0; i < 1500; ++i) absl::StrAppend(&html, "<font a", i, "=1>");
  html += Repeated("<p>x", 20000);
  EXPECT_THAT(HtmlTree::Parse(html), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("512 MiB")));
}

}  // namespace
}  // namespace bedside
