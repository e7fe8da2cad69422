// What holds for every text: doing it again changes nothing, the rest of the text stays, nothing depends on length but
// the time.
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/hash/split_mix.h"
#include "index/text/utf8.h"
#include "services/privacy/deidentifier.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

const Deidentifier& Shared() {
  static const auto& deidentifier = *Deidentifier::Create()->release();
  return deidentifier;
}

DeidentifiedText Done(const std::string& text) {
  Placeholders placeholders;
  auto done = Shared().Deidentify(text, {}, &placeholders);
  EXPECT_THAT(done, IsOk()) << text;
  return done.value_or(DeidentifiedText());
}

// A text of pieces that finders look for, in any order.
std::string RandomText(SplitMix64* random) {
  static const std::vector<std::string> pieces = {"Mr ",
                                                  "John ",
                                                  "Smith",
                                                  "Qorvax ",
                                                  "patient ",
                                                  "named ",
                                                  "MRN ",
                                                  "617-555-0199",
                                                  "12",
                                                  "/",
                                                  "-",
                                                  ".",
                                                  ", ",
                                                  " ",
                                                  "2021",
                                                  "March ",
                                                  "on ",
                                                  "Parkinson ",
                                                  "disease ",
                                                  "[NAME A]",
                                                  "[DATE B, 2021]",
                                                  "[",
                                                  "]",
                                                  "lives in ",
                                                  "Boston",
                                                  "MA 02129",
                                                  "@",
                                                  "example.com",
                                                  "é",
                                                  "\u200B",
                                                  "\u2011",
                                                  "５",
                                                  "\n",
                                                  "dr ",
                                                  "was ",
                                                  "92-year-old ",
                                                  "4111 1111 1111 1111",
                                                  "GB29 NWBK 6016 1331 9268 19",
                                                  "'s ",
                                                  ": ",
                                                  "name ",
                                                  "J. ",
                                                  "county ",
                                                  "Hospital ",
                                                  "5 mg ",
                                                  "(",
                                                  ")",
                                                  "張"};
  std::string text;
  for (uint64_t left = random->Next() % 24; left > 0; --left) text += pieces[random->Next() % pieces.size()];
  return text;
}

TEST(DeidentifierPropertyTest, DoingItAgainChangesNothing) {
  SplitMix64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = RandomText(&random);
    const std::string once = Done(text).text;
    const DeidentifiedText twice = Done(once);
    ASSERT_EQ(twice.text, once) << text;
    ASSERT_TRUE(twice.spans.empty()) << text;
    ASSERT_TRUE(IsValidUtf8(once)) << text;
  }
}

TEST(DeidentifierPropertyTest, SpansAreApartAndWhatIsOutsideOfThemStays) {
  SplitMix64 random(8);
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = RandomText(&random);
    const DeidentifiedText done = Done(text);
    size_t next = 0;
    size_t found = 0;
    for (const IdentifiedSpan& identified : done.spans) {
      ASSERT_LE(next, identified.span.begin) << text;
      ASSERT_LT(identified.span.begin, identified.span.end) << text;
      const std::string kept = text.substr(next, identified.span.begin - next);
      found = done.text.find(kept, found);
      ASSERT_NE(found, std::string::npos) << text;
      found += kept.size();
      next = identified.span.end;
    }
    ASSERT_LE(next, text.size());
    ASSERT_EQ(done.text.substr(done.text.size() - (text.size() - next)), text.substr(next)) << text;
  }
}

// Each is as long as a text may be; a search whose time grew with the square of it would not end within the test's
// time.
TEST(DeidentifierPropertyTest, TheLongestTextOfAnyKindIsRead) {
  for (const std::string& piece : {std::string("1"),       std::string("1 "),        std::string("1-"),
                                   std::string("a."),      std::string("a@"),        std::string("a@b."),
                                   std::string("Mr "),     std::string("Mr Smith "), std::string("J. "),
                                   std::string("Aa "),     std::string("Aa-"),       std::string("[NAME A] "),
                                   std::string("PMID 1 "), std::string("00"),        std::string("12/"),
                                   std::string("::1"),     std::string("(01)"),      std::string("patient named "),
                                   std::string("http://"), std::string("é"),         std::string("GB29 ")}) {
    std::string text;
    while (text.size() + piece.size() <= kMaxDeidentifiedBytes) text += piece;
    Placeholders placeholders;
    const auto done = Shared().Deidentify(text, {}, &placeholders);
    EXPECT_TRUE(done.ok() || done.status().code() == absl::StatusCode::kInternal) << piece << done.status();
  }
}

}  // namespace
}  // namespace bedside
