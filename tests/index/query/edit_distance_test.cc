#include "index/query/edit_distance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace bedside {
namespace {

// The definition, without a bound.
size_t WholeDistance(const std::string& a, const std::string& b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

TEST(EditDistanceTest, CountsEachKindOfErrorOnce) {
  EXPECT_EQ(EditDistance("aspirin", "aspirin", 2), 0u);
  EXPECT_EQ(EditDistance("asprin", "aspirin", 2), 1u);
  EXPECT_EQ(EditDistance("asppirin", "aspirin", 2), 1u);
  EXPECT_EQ(EditDistance("aspitin", "aspirin", 2), 1u);
  EXPECT_EQ(EditDistance("asipirn", "aspirin", 2), 2u);
  EXPECT_EQ(EditDistance("apsirin", "aspirin", 2), 1u);
}

TEST(EditDistanceTest, GoesNoFartherThanTheBound) {
  EXPECT_EQ(EditDistance("prednisone", "prednisolone", 1), 2u);
  EXPECT_EQ(EditDistance("", "abc", 2), 3u);
  EXPECT_EQ(EditDistance("abc", "xyz", 2), 3u);
}

TEST(EditDistanceTest, AgreesWithTheDefinition) {
  std::mt19937 random(5);
  const auto word = [&] {
    std::string text(random() % 9, 'a');
    for (char& letter : text) letter = static_cast<char>('a' + random() % 3);
    return text;
  };
  for (int round = 0; round < 20000; ++round) {
    const std::string a = word(), b = word();
    for (size_t most : {1u, 2u, 3u}) {
      ASSERT_EQ(EditDistance(a, b, most), std::min(WholeDistance(a, b), most + 1)) << a << " " << b << " " << most;
    }
  }
}

TEST(EditDistanceTest, TakesTheLongestWords) {
  const std::string a(40, 'a');
  EXPECT_EQ(EditDistance(a, a, 2), 0u);
  EXPECT_EQ(EditDistance(a, a.substr(2), 2), 2u);
}

}  // namespace
}  // namespace bedside
