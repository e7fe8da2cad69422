#include "ingest/connectors/markdown_inline.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(MarkdownInlineTest, LeavesPlainTextAlone) {
  for (absl::string_view text : {"", "Give 5 mg.", "2 * 3 * 4", "HLA-B*57:01 and CYP2C9*3", "snake_case_name",
                                 "p < 0.05* and more*", "a ** b", "[1] and [2]", "AT&T; R&D", "~65 years, ~70 kg"}) {
    EXPECT_EQ(MarkdownPlainText(text), text);
  }
}

TEST(MarkdownInlineTest, TakesOutEmphasis) {
  EXPECT_EQ(MarkdownPlainText("**Alteplase 0.9 mg/kg** (max *90* mg)"), "Alteplase 0.9 mg/kg (max 90 mg)");
  EXPECT_EQ(MarkdownPlainText("***both*** __two__ _one_"), "both two one");
  EXPECT_EQ(MarkdownPlainText("**Label**: text with **more *inside* it**"), "Label: text with more inside it");
  EXPECT_EQ(MarkdownPlainText("**bold**text"), "boldtext");
}

TEST(MarkdownInlineTest, KeepsMarksThatDoNotPairUp) {
  EXPECT_EQ(MarkdownPlainText("**open"), "**open");
  EXPECT_EQ(MarkdownPlainText("*a and `b"), "*a and `b");
  EXPECT_EQ(MarkdownPlainText("~~a"), "~~a");
  EXPECT_EQ(MarkdownPlainText("a](b)"), "a](b)");
  EXPECT_EQ(MarkdownPlainText("[a](b"), "[a](b");
}

TEST(MarkdownInlineTest, GivesTheTextOfLinksAndImages) {
  EXPECT_EQ(MarkdownPlainText("see [the **guide**](https://example.org/a_(b)) now"), "see the guide now");
  EXPECT_EQ(MarkdownPlainText("![flow chart](x.png)"), "flow chart");
  EXPECT_EQ(MarkdownPlainText("[![alt](i.png)](l)"), "alt");
  EXPECT_EQ(MarkdownPlainText("<https://example.org/a_b_c>"), "https://example.org/a_b_c");
}

TEST(MarkdownInlineTest, KeepsCodeAsItIs) {
  EXPECT_EQ(MarkdownPlainText("`a*b*c` and ``d ` e``"), "a*b*c and d ` e");
  EXPECT_EQ(MarkdownPlainText("`&lt;`"), "&lt;");
}

TEST(MarkdownInlineTest, ReadsEscapesAndEntities) {
  EXPECT_EQ(MarkdownPlainText("\\*not\\* \\[emphasis\\]"), "*not* [emphasis]");
  EXPECT_EQ(MarkdownPlainText("a &lt; b &amp; c &ge; &#176;C &#x3b1;"), "a < b & c ≥ °C α");
  EXPECT_EQ(MarkdownPlainText("&#0; &#xD800; &#99999999; &nosuch;"), "&#0; &#xD800; &#99999999; &nosuch;");
  EXPECT_EQ(MarkdownPlainText("end\\"), "end\\");
}

TEST(MarkdownInlineTest, LeavesOutWhatIsStruckThrough) {
  EXPECT_EQ(MarkdownPlainText("Give ~~10 mg~~ 5 mg"), "Give  5 mg");
}

TEST(MarkdownInlineTest, IsFastOnMarksThatNeverPairUp) {
  for (absl::string_view mark : {"*a", "**a", "[", "](", "~~~", "`` ` ", "<https://", "&"}) {
    std::string text;
    for (int i = 0; i < 20000; ++i) text.append(mark.data(), mark.size());
    EXPECT_LE(MarkdownPlainText(text).size(), text.size());
  }
}

}  // namespace
}  // namespace bedside
