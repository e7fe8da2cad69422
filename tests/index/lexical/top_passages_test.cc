#include "index/lexical/top_passages.h"

#include <algorithm>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace bedside {

bool operator==(const ScoredPassage& a, const ScoredPassage& b) { return a.passage == b.passage && a.score == b.score; }

namespace {

TEST(TopPassagesTest, NothingOfferedGivesNothing) { EXPECT_TRUE(TopPassages(3).Take().empty()); }

TEST(TopPassagesTest, FewerThanKComeBackInOrder) {
  TopPassages top(5);
  top.Offer({PassageAt(1), 1.0F});
  top.Offer({PassageAt(2), 3.0F});
  top.Offer({PassageAt(4), 1.0F});

  EXPECT_EQ(top.Take(), (std::vector<ScoredPassage>{{PassageAt(2), 3.0F}, {PassageAt(1), 1.0F}, {PassageAt(4), 1.0F}}));
}

TEST(TopPassagesTest, EqualScoresKeepTheFirstPassages) {
  TopPassages top(2);
  for (size_t i = 0; i < 9; ++i) top.Offer({PassageAt(i), 1.0F});

  EXPECT_EQ(top.Take(), (std::vector<ScoredPassage>{{PassageAt(0), 1.0F}, {PassageAt(1), 1.0F}}));
}

TEST(TopPassagesTest, AKBeyondAllMemoryTakesNone) {
  TopPassages top(std::numeric_limits<size_t>::max());
  top.Offer({PassageAt(0), 1.0F});

  EXPECT_EQ(top.Take().size(), 1U);
}

TEST(TopPassagesTest, EqualsSortingEverything) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    const size_t k = 1 + random() % 20;
    const size_t offered = random() % 200;
    const uint32_t levels = 1 + random() % 50;
    TopPassages top(k);
    std::vector<ScoredPassage> sorted;
    for (size_t i = 0; i < offered; ++i) {
      const ScoredPassage passage = {PassageAt(i), static_cast<float>(random() % levels)};
      top.Offer(passage);
      sorted.push_back(passage);
    }
    std::sort(sorted.begin(), sorted.end(), RanksBefore);
    sorted.resize(std::min(k, offered));

    EXPECT_EQ(top.Take(), sorted) << "k " << k << ", offered " << offered;
  }
}

}  // namespace
}  // namespace bedside
