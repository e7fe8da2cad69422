#include "index/text/code_point.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/index/text/random_texts.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;

std::vector<UChar32> Forward(absl::string_view text) {
  std::vector<UChar32> points;
  for (size_t i = 0; i < text.size();) points.push_back(NextCodePoint(text, i));
  return points;
}

std::vector<UChar32> Backward(absl::string_view text) {
  std::vector<UChar32> points;
  for (size_t i = text.size(); i > 0;) points.push_back(PreviousCodePoint(text, i));
  std::reverse(points.begin(), points.end());
  return points;
}

TEST(CodePointTest, ReadsCodePointsOfOneToFourBytes) {
  EXPECT_THAT(Forward("aα胃🙂"), ElementsAre('a', 0x3B1, 0x80C3, 0x1F642));
  EXPECT_THAT(Backward("aα胃🙂"), ElementsAre('a', 0x3B1, 0x80C3, 0x1F642));
}

TEST(CodePointTest, MalformedBytesAreReplacementCharacters) {
  EXPECT_THAT(Forward("a\xff"
                      "b"),
              ElementsAre('a', 0xFFFD, 'b'));
  EXPECT_THAT(Forward("\xe2\x82"), ElementsAre(0xFFFD)) << "cut off";
  EXPECT_THAT(Forward("\xe2\x82"
                      "a"),
              ElementsAre(0xFFFD, 'a'))
      << "what follows is not swallowed";
}

TEST(CodePointTest, ThereIsNoneBeforeTheBeginAndAfterTheEnd) {
  EXPECT_EQ(CodePointBefore("α", 0), U_SENTINEL);
  EXPECT_EQ(CodePointBefore("α", 2), 0x3B1);
  EXPECT_EQ(CodePointAt("α", 0), 0x3B1);
  EXPECT_EQ(CodePointAt("α", 2), U_SENTINEL);
}

TEST(CodePointTest, ARunEndsBeforeTheFirstThatIsNoMember) {
  const auto is_greek = [](UChar32 c) { return c >= 0x370 && c < 0x400; };
  EXPECT_EQ(EndOfRun("αβ-γ", 0, is_greek), 4u);
  EXPECT_EQ(EndOfRun("αβ-γ", 4, is_greek), 4u);
  EXPECT_EQ(EndOfRun("αβ-γ", 5, is_greek), 7u);
  EXPECT_EQ(EndOfRun("", 0, is_greek), 0u);
}

TEST(CodePointTest, AnyBytesReadTheSameInBothDirections) {
  RandomTexts random(1);
  for (int round = 0; round < 5000; ++round) {
    const std::string bytes = random.Bytes(30);
    ASSERT_EQ(Forward(bytes), Backward(bytes)) << testing::PrintToString(bytes);
  }
}

TEST(CodePointTest, WhatIsAppendedIsReadAgain) {
  for (UChar32 c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text;
    AppendCodePoint(c, text);
    ASSERT_THAT(Forward(text), ElementsAre(c));
  }
}

}  // namespace
}  // namespace bedside
