#include "tools/eval/typing_error.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

// Edits from a to b: insertion, deletion, substitution, exchange of neighbours (restricted Damerau-Levenshtein).
size_t Distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

TEST(WithTypingErrorTest, MakesOneErrorWhateverTheSeed) {
  const std::string question = "Which DRUGS treat Acute gout in aaaa?";
  std::set<std::string> all;
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    const std::string spoilt = WithTypingError(question, "q1", seed);
    EXPECT_EQ(Distance(question, spoilt), 1u) << spoilt;
    all.insert(spoilt);
  }
  EXPECT_GT(all.size(), 200u);
}

TEST(WithTypingErrorTest, EveryKindOfErrorAndEveryWordOccurs) {
  bool longer = false;
  bool shorter = false;
  bool exchanged = false;
  bool second = false;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const std::string spoilt = WithTypingError("word other", "q", seed);
    longer = longer || spoilt.size() == 11;
    shorter = shorter || spoilt.size() == 9;
    exchanged = exchanged || spoilt == "owrd other";
    second = second || spoilt.substr(0, 5) == "word ";
  }
  EXPECT_TRUE(longer && shorter && exchanged && second);
}

TEST(WithTypingErrorTest, TheSameSeedAndIdGiveTheSameError) {
  EXPECT_EQ(WithTypingError("metformin dose", "q1", 1), WithTypingError("metformin dose", "q1", 1));
  std::set<std::string> by_id;
  for (int i = 0; i < 20; ++i) by_id.insert(WithTypingError("metformin dose", absl::StrCat("q", i), 1));
  EXPECT_GT(by_id.size(), 5u);
}

TEST(WithTypingErrorTest, ShortWordsNumbersAndOtherLettersStayAsTheyAre) {
  for (const char* text : {"", "is it so", "HbA1c", "12345", "TNF-α", "naïveté", "? - !"}) {
    for (uint64_t seed = 0; seed < 20; ++seed) EXPECT_EQ(WithTypingError(text, "q", seed), text);
  }
}

TEST(WithTypingErrorTest, AWordOfOneLetterRepeatedGetsAnErrorToo) {
  for (uint64_t seed = 0; seed < 50; ++seed) EXPECT_NE(WithTypingError("AAAA", "q", seed), "AAAA");
}

TEST(WithTypingErrorTest, ANeighbourOfACapitalIsACapital) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const std::string spoilt = WithTypingError("GOUT", "q", seed);
    if (spoilt.size() == 4) EXPECT_TRUE(std::all_of(spoilt.begin(), spoilt.end(), isupper)) << spoilt;
  }
}

}  // namespace
}  // namespace bedside
