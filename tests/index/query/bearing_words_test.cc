#include "index/query/bearing_words.h"

#include <gtest/gtest.h>

namespace bedside {
namespace {

TEST(BearingWordsTest, WordsOfEveryDayMayHaveBearing) {
  for (const char* word : {"drink", "drinks", "fell", "pregnant", "postmenopausal", "pigeons", "seventy", "latex",
                           "flight", "leg", "age"}) {
    EXPECT_TRUE(MayHaveBearing(word)) << word;
  }
}

TEST(BearingWordsTest, WholeWordsAreNoBeginnings) {
  EXPECT_TRUE(MayHaveBearing("son"));
  EXPECT_FALSE(MayHaveBearing("song"));
  EXPECT_TRUE(MayHaveBearing("lead"));
  EXPECT_FALSE(MayHaveBearing("leader"));
}

TEST(BearingWordsTest, OthersHaveNone) {
  for (const char* word : {"podcast", "library", "answer", "colleague", "curious", "monday", ""}) {
    EXPECT_FALSE(MayHaveBearing(word)) << word;
  }
}

TEST(BearingWordsTest, SomeWordsHaveNoneTogether) {
  EXPECT_TRUE(HasNoBearingTogether("lunch", "break"));
  EXPECT_FALSE(HasNoBearingTogether("bone", "break"));
  EXPECT_FALSE(HasNoBearingTogether("break", "lunch"));
}

}  // namespace
}  // namespace bedside
