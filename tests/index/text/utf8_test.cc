#include "index/text/utf8.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "index/text/code_point.h"
#include "tests/fakes/status_matchers.h"
#include "tests/index/text/random_texts.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

constexpr size_t kMegabyte = 1 << 20;

TEST(IsValidUtf8Test, AcceptsEveryScalarValue) {
  EXPECT_TRUE(IsValidUtf8(""));
  EXPECT_TRUE(IsValidUtf8(absl::string_view("\0", 1)));
  EXPECT_TRUE(IsValidUtf8("TNF-α 胃 🙂 e\u0301"));
  EXPECT_TRUE(IsValidUtf8("\xf4\x8f\xbf\xbf")) << "U+10FFFF";
}

TEST(IsValidUtf8Test, RefusesWhatIsMalformed) {
  EXPECT_FALSE(IsValidUtf8("\xff"));
  EXPECT_FALSE(IsValidUtf8("\x80")) << "a continuation on its own";
  EXPECT_FALSE(IsValidUtf8("\xc0\x80")) << "longer than needed";
  EXPECT_FALSE(IsValidUtf8("\xe0\x80\x80")) << "longer than needed";
  EXPECT_FALSE(IsValidUtf8("\xed\xa0\x80")) << "a surrogate";
  EXPECT_FALSE(IsValidUtf8("\xf4\x90\x80\x80")) << "above U+10FFFF";
  EXPECT_FALSE(IsValidUtf8("caf\xe9")) << "Latin-1";
}

TEST(IsValidUtf8Test, RefusesATextCutInsideACodePoint) {
  const std::string text = "🙂";
  for (size_t size = 1; size < text.size(); ++size) EXPECT_FALSE(IsValidUtf8(text.substr(0, size))) << size;
}

TEST(IsValidUtf8Test, ReadsToTheEndOfAMegabyte) {
  EXPECT_TRUE(IsValidUtf8(std::string(kMegabyte, 'x')));
  EXPECT_FALSE(IsValidUtf8(std::string(kMegabyte, 'x') + '\xff'));
}

TEST(CanonicalTextTest, LeavesOrdinaryTextAsItIs) {
  for (const char* text : {"", "5 mg/kg", "a\tb\nc", "TNF-α ≥ 2.5–10 µg", "CO₂", "ﬁ", "胃癌", "\U0001F642"}) {
    EXPECT_EQ(CanonicalText(text), text);
  }
}

TEST(CanonicalTextTest, EndsLinesWithALineFeed) { EXPECT_EQ(CanonicalText("a\r\nb\rc\n\r\n\r"), "a\nb\nc\n\n\n"); }

TEST(CanonicalTextTest, ComposesAccents) {
  EXPECT_EQ(CanonicalText("e\u0301"), "\u00e9");
  EXPECT_EQ(CanonicalText("\u212b"), "\u00c5") << "the Angstrom sign is the letter";
  EXPECT_EQ(CanonicalText("q\u0323\u0307"), CanonicalText("q\u0307\u0323")) << "marks have one order";
  EXPECT_EQ(CanonicalText("\u0301"), "\u0301") << "an accent on its own stays";
}

TEST(CanonicalTextTest, RemovesWhatCannotBeSeen) {
  EXPECT_EQ(CanonicalText("met\u200b\u200c\u200d\u2060\ufeffformin"), "metformin");
  EXPECT_EQ(CanonicalText("5\u202e\u2066 mg\u200f"), "5 mg") << "controls of the direction";
  EXPECT_EQ(CanonicalText(absl::string_view("a\0b\x01\x7f\xc2\x84", 7)), "ab") << "control characters";
}

TEST(CanonicalTextTest, KeepsApartWhatControlCharactersPart) {
  for (const char* control : {"\v", "\f", "\xc2\x85", "\x1c", "\x1f"}) {
    EXPECT_EQ(CanonicalText(std::string("Age 1") + control + "5 mg"), "Age 1 5 mg");
  }
}

TEST(CanonicalTextTest, MakesNoBreakSpacesSpaces) { EXPECT_EQ(CanonicalText("5\u00a0mg\u202fkg"), "5 mg kg"); }

TEST(CanonicalTextTest, ReplacesMalformedBytes) {
  EXPECT_EQ(CanonicalText("caf\xe9 au lait"), "caf\ufffd au lait");
  EXPECT_EQ(CanonicalText("\xe2\x82"), "\ufffd");
}

TEST(CanonicalTextTest, TakesAMegabyte) {
  EXPECT_EQ(CanonicalText(std::string(kMegabyte, 'x')).size(), kMegabyte);
  EXPECT_EQ(CanonicalText(std::string(kMegabyte, '\xff')).size(), 3 * kMegabyte);
  EXPECT_TRUE(IsValidUtf8(CanonicalText(std::string(1 + kMegabyte, 'e') + "\u0301")));
}

TEST(CanonicalTextTest, IsValidAndItsOwnCanonicalTextWhateverTheBytes) {
  RandomTexts random(2);
  for (int round = 0; round < 5000; ++round) {
    const std::string bytes = round % 2 == 0 ? random.Bytes(60) : random.Text(20);
    const std::string canonical = CanonicalText(bytes);
    ASSERT_TRUE(IsValidUtf8(canonical)) << testing::PrintToString(bytes);
    ASSERT_EQ(CanonicalText(canonical), canonical) << testing::PrintToString(bytes);
    ASSERT_EQ(canonical.find('\r'), std::string::npos);
  }
}

TEST(ToUtf8Test, ReadsTheCharset) {
  EXPECT_EQ(*ToUtf8("caf\xe9", "ISO-8859-1"), "café");
  EXPECT_EQ(*ToUtf8("5 \x80", "windows-1252"), "5 €");
  EXPECT_EQ(*ToUtf8(absl::string_view("\xff\xfe\xb1\x03", 4), "UTF-16"), "α");
  EXPECT_EQ(*ToUtf8("α", "UTF-8"), "α");
  EXPECT_EQ(*ToUtf8("", "ISO-8859-1"), "");
}

TEST(ToUtf8Test, ReplacesWhatTheCharsetDoesNotHave) {
  EXPECT_EQ(*ToUtf8("a\xff"
                    "b",
                    "US-ASCII"),
            "a\ufffd"
            "b");
  EXPECT_TRUE(IsValidUtf8(*ToUtf8("\x81\xff", "Shift_JIS")));
}

TEST(ToUtf8Test, NamesACharsetThatIsNone) {
  EXPECT_THAT(ToUtf8("x", "no-such-charset"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no-such-charset")));
  EXPECT_THAT(ToUtf8("x", ""), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ToUtf8Test, RefusesCharsetsInWhichNoTextsAreWritten) {
  for (const char* charset : {"SCSU", "BOCU-1", "UTF-7", "IMAP-mailbox-name", "HZ", "CESU-8"}) {
    EXPECT_THAT(ToUtf8("x", charset), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(charset)));
  }
  for (const char* charset : {"Big5", "EUC-KR", "GB18030", "ISO-2022-JP", "KOI8-R", "Shift_JIS", "UTF-16BE"}) {
    EXPECT_THAT(ToUtf8("x", charset), IsOk()) << charset;
  }
}

TEST(ToUtf8Test, GivesValidTextForAnyBytes) {
  RandomTexts random(3);
  for (int round = 0; round < 500; ++round) {
    const std::string bytes = random.Bytes(60);
    for (const char* charset : {"UTF-8", "UTF-16LE", "ISO-8859-1", "windows-1252", "GB18030", "ISO-2022-JP"}) {
      const auto text = ToUtf8(bytes, charset);
      ASSERT_THAT(text, IsOk());
      ASSERT_TRUE(IsValidUtf8(*text)) << charset << ": " << testing::PrintToString(bytes);
    }
  }
}

TEST(FoldCaseTest, MakesTextsThatDifferInCaseEqual) {
  EXPECT_EQ(FoldCase("HbA1c"), FoldCase("HBA1C"));
  EXPECT_EQ(FoldCase("ΑΣ"), FoldCase("ας")) << "both small sigmas";
  EXPECT_EQ(FoldCase("Straße"), FoldCase("STRASSE"));
  EXPECT_EQ(FoldCase(""), "");
}

TEST(FoldCaseTest, KeepsApartWhatIsNotOnlyCase) {
  EXPECT_NE(FoldCase("mg"), FoldCase("µg"));
  EXPECT_NE(FoldCase("café"), FoldCase("cafe"));
}

}  // namespace
}  // namespace bedside
