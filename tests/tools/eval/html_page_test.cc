#include "tools/eval/html_page.h"

#include "gmock/gmock.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(EscapeHtmlTest, MarkupIsShownAndNotObeyed) {
  EXPECT_EQ(EscapeHtml("<b a=\"1\" c='2'>&amp;"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
  EXPECT_EQ(EscapeHtml("plain – text"), "plain – text");
  EXPECT_EQ(EscapeHtml(""), "");
}

TEST(TableHtmlTest, EveryCellIsEscapedAndHeadingsAreMarked) {
  const std::string html = TableHtml({"<c>", {"<h>", "v"}, {{"<r>", "<script>"}, {"second", "2"}}});
  EXPECT_THAT(html, HasSubstr("<caption>&lt;c&gt;</caption>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"col\">&lt;h&gt;</th><th scope=\"col\">v</th>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">&lt;r&gt;</th><td>&lt;script&gt;</td>"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
}

TEST(PageHtmlTest, IsOnePageThatNeedsNothingElse) {
  const std::string html = PageHtml("a < b", "<p>body</p>");
  EXPECT_THAT(html, HasSubstr("<title>a &lt; b</title>"));
  EXPECT_THAT(html, HasSubstr("<h1>a &lt; b</h1>\n<p>body</p>"));
  EXPECT_THAT(html, HasSubstr("prefers-color-scheme: dark"));
  for (const char* outside : {"http:", "https:", "<script", "<link", "@import", "url("}) {
    EXPECT_THAT(html, Not(HasSubstr(outside)));
  }
}

}  // namespace
}  // namespace bedside
