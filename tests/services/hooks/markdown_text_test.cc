#include "services/hooks/markdown_text.h"

#include <gtest/gtest.h>

namespace bedside {
namespace {

TEST(MarkdownTextTest, TextStaysText) {
  EXPECT_EQ(MarkdownText("Give 5 mg/kg (max. 300 mg)."), "Give 5 mg/kg \\(max. 300 mg\\).");
  EXPECT_EQ(MarkdownText("<script>x</script>"), "\\<script\\>x\\</script\\>");
  EXPECT_EQ(MarkdownText("![x](https://e.example/y)"), "\\!\\[x\\]\\(https\\://e.example/y\\)");
  EXPECT_EQ(MarkdownText("# a\n- b\r\n&amp;"), "\\# a \\- b  \\&amp;");
  EXPECT_EQ(MarkdownText("1. first"), "1\\. first");
  EXPECT_EQ(MarkdownText("see WWW.evil.example"), "see WWW\\.evil.example");
  EXPECT_EQ(MarkdownText("TNF-α ≥ 5"), "TNF\\-α ≥ 5");
}

TEST(MarkdownTextTest, OnlyTheWebIsLinkedTo) {
  EXPECT_EQ(MarkdownLink("A [b]", "https://e.example/a b>c"), "[A \\[b\\]](<https://e.example/a%20b%3Ec>)");
  EXPECT_EQ(MarkdownLink("A", "javascript:alert(1)"), "A");
  EXPECT_EQ(MarkdownLink("A", ""), "A");
}

TEST(CutAtWordTest, LeavesLessThanTheMost) {
  EXPECT_EQ(CutAtWord("short", 140), "short");
  EXPECT_EQ(CutAtWord("one two three", 10), "one two…");
  EXPECT_EQ(CutAtWord("one two 3", 10), "one two 3");
  EXPECT_EQ(CutAtWord("onetwothree", 10), "onetwoth…");
  EXPECT_EQ(CutAtWord("ααα βββ γγγ", 10), "ααα βββ…");
}

}  // namespace
}  // namespace bedside
