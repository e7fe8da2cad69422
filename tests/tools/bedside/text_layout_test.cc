#include "tools/bedside/text_layout.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(WrappedTest, BreaksAtSpacesAndIndents) {
  EXPECT_EQ(Wrapped("one two three four", "* ", "  ", 10), "* one two\n  three\n  four\n");
}

TEST(WrappedTest, ALineMayFillTheWidthExactly) { EXPECT_EQ(Wrapped("aa bb cc", "", "", 5), "aa bb\ncc\n"); }

TEST(WrappedTest, ALongWordStaysWhole) {
  EXPECT_EQ(Wrapped("a incomprehensibilities b", "", "", 8), "a\nincomprehensibilities\nb\n");
}

TEST(WrappedTest, NothingGivesNothing) {
  EXPECT_EQ(Wrapped("", "> ", "  ", 80), "");
  EXPECT_EQ(Wrapped(" \n\t ", "> ", "  ", 80), "");
}

TEST(WrappedTest, CodePointsCountAsOneColumn) { EXPECT_EQ(Wrapped("äöü αβγ", "", "", 7), "äöü αβγ\n"); }

TEST(WrappedTest, EscapeSequencesDoNotReachTheTerminal) {
  EXPECT_EQ(Wrapped("a\x1b[31mb\x07", "", "", 80), "a [31mb\n");
  EXPECT_EQ(Wrapped("a\xC2\x9B"
                    "31mb",
                    "", "", 80),
            "a 31mb\n");
  EXPECT_EQ(Wrapped("caf\xC3\xA9 \xC2\xB5g", "", "", 80), "café µg\n");
}

TEST(WrappedTest, KeepsEveryWordInOrderAndEveryLineWithinTheWidth) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> words(random() % 40);
    for (std::string& word : words) word = std::string(1 + random() % 9, static_cast<char>('a' + random() % 26));
    const size_t width = 12 + random() % 30;
    const std::string wrapped = Wrapped(absl::StrJoin(words, "  "), "> ", "| ", width);
    std::vector<std::string> found;
    for (absl::string_view line : absl::StrSplit(wrapped, '\n', absl::SkipEmpty())) {
      EXPECT_LE(line.size(), width);
      for (absl::string_view word : absl::StrSplit(line.substr(2), ' ')) found.emplace_back(word);
    }
    EXPECT_EQ(found, words);
  }
}

TEST(WrappedLinesTest, KeepsLineBreaksAndEmptyLines) {
  EXPECT_EQ(WrappedLines("one\n\ntwo three\n", " ", 6), " one\n\n two\n three\n");
}

TEST(OneLineTest, JoinsLines) { EXPECT_EQ(OneLine(" a\n\tb \x7f c"), "a b c"); }

TEST(HumanBytesTest, TakesTheUnitThatKeepsItReadable) {
  EXPECT_EQ(HumanBytes(1023), "1023 B");
  EXPECT_EQ(HumanBytes(1024), "1.0 KiB");
  EXPECT_EQ(HumanBytes(12897484), "12.3 MiB");
  EXPECT_EQ(HumanBytes(int64_t{3} << 40), "3.0 TiB");
}

TEST(EnumLabelTest, ReadsLikeWords) {
  EXPECT_EQ(EnumLabel("DOCUMENT_KIND_CASE_REPORT", "DOCUMENT_KIND_"), "case report");
}

}  // namespace
}  // namespace bedside
