#include "services/privacy/folded_text.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

// What of `original` the folded bytes from `begin` to `end` came from.
std::string From(const std::string& original, uint32_t begin, uint32_t end) {
  const Span span = FoldedText(original).InOriginal({begin, end});
  return original.substr(span.begin, span.size());
}

TEST(FoldedTextTest, PlainTextStaysAsItIs) {
  EXPECT_EQ(FoldedText("Mr O'Brien, 5 mg\n2021-03-04").text(), "Mr O'Brien, 5 mg\n2021-03-04");
  EXPECT_EQ(FoldedText("").text(), "");
}

TEST(FoldedTextTest, DisguisesOfCharactersComeOff) {
  EXPECT_EQ(FoldedText("５５５\u2011０１９９").text(), "555-0199");
  EXPECT_EQ(FoldedText("\u0661\u0662\u0663").text(), "123");
  EXPECT_EQ(FoldedText("a\u200Bb\u00ADc").text(), "abc");
  EXPECT_EQ(FoldedText("O\u2019Brien\u00A0x\u2003y").text(), "O'Brien x y");
}

TEST(FoldedTextTest, AccentsAndStrokesComeOff) {
  EXPECT_EQ(FoldedText("José Núñez").text(), "Jose Nunez");
  EXPECT_EQ(FoldedText("Jose\u0301").text(), "Jose");
  EXPECT_EQ(FoldedText("Søren Łukasz Groß").text(), "Soren Lukasz Gross");
}

TEST(FoldedTextTest, WhatHasNoPlainFormStays) { EXPECT_EQ(FoldedText("β-blocker 张").text(), "β-blocker 张"); }

TEST(FoldedTextTest, SpansLeadBackToWholeCharacters) {
  EXPECT_EQ(From("José", 0, 4), "José");
  EXPECT_EQ(From("xJosé", 1, 5), "José");
  EXPECT_EQ(From("oﬁce", 1, 2), "ﬁ") << "half of what a ligature became";
  EXPECT_EQ(From("a\u200Bbc", 0, 1), "a\u200B") << "what is not seen goes with what is before it";
}

}  // namespace
}  // namespace bedside
