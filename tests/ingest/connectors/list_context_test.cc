#include "ingest/connectors/list_context.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "index/text/utf8.h"

namespace bedside {
namespace {

TEST(ListContextTest, IsTheLastSentenceBeforeTheList) {
  EXPECT_EQ(ListContext("Contraindications:"), "Contraindications:");
  EXPECT_EQ(ListContext("Placebol is safe. It must not be given in: "), "It must not be given in:");
  EXPECT_EQ(ListContext("Who? When? Ask about:"), "Ask about:");
  EXPECT_EQ(ListContext("Give 1.5 mg to:"), "Give 1.5 mg to:");
}

TEST(ListContextTest, AnAbbreviationEndsNoSentence) {
  EXPECT_EQ(ListContext("Do not prescribe NSAIDs (e.g. ibuprofen) in adults with:"),
            "Do not prescribe NSAIDs (e.g. ibuprofen) in adults with:");
  EXPECT_EQ(ListContext("It is safe. Avoid metformin vs. placebo in:"), "Avoid metformin vs. placebo in:");
}

TEST(ListContextTest, IsEmptyWithoutAColon) {
  EXPECT_EQ(ListContext("No list follows."), "");
  EXPECT_EQ(ListContext(""), "");
  EXPECT_EQ(ListContext(":"), ":");
}

TEST(ListContextTest, KeepsTheBeginningOfALongSentence) {
  const std::string context = ListContext(
      absl::StrCat("Do not give it ", std::string(200, 'x'), " to those ", std::string(100, 'y'), " who have:"));
  EXPECT_EQ(context, absl::StrCat("Do not give it ", std::string(200, 'x'), " to those…"));
  EXPECT_EQ(ListContext(absl::StrCat(std::string(400, 'x'), ":")).size(), 300u);
  EXPECT_TRUE(IsValidUtf8(ListContext(absl::StrCat("a", std::string(200, 'x'), std::string(60, ' '), "é≥é≥é≥é≥é≥é≥é≥é≥",
                                                   "é≥é≥é≥é≥é≥é≥é≥é≥é≥é≥é≥é≥é≥é≥é≥é≥:"))));
}

TEST(ListContextTest, AListInsideAnItemHasTheContextOfTheItem) {
  EXPECT_EQ(ContextInside("Do not give it in:", "renal failure"), "Do not give it in:\nrenal failure");
  EXPECT_EQ(ContextInside("", "renal failure"), "renal failure");
  EXPECT_EQ(ContextInside("Do not give it in:", ""), "Do not give it in:");
}

TEST(ListContextTest, IsBoundedHoweverDeepTheList) {
  std::string context = "Do not give it in:";
  for (int i = 0; i < 20; ++i) context = ContextInside(context, std::string(1000, 'x'));
  EXPECT_LE(context.size(), 8 * 301u);
  EXPECT_EQ(context.substr(0, 19), "Do not give it in:\n");
  EXPECT_EQ(ContextInside("1\n2\n3\n4\n5\n6\n7\n8\n9", "x"), "1\n2\n3\n4\n5\n6\n7\nx");
}

}  // namespace
}  // namespace bedside
