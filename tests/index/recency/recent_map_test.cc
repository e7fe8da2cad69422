#include "index/recency/recent_map.h"

#include <gmock/gmock.h>

#include <memory>
#include <random>

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::Pointee;

TEST(RecentMapTest, HasWhatWasAdded) {
  RecentMap<int> map;
  EXPECT_EQ(map.Find("a"), nullptr);
  map.Add("a", 1);
  map.Add("", 2);
  EXPECT_THAT(map.Find("a"), Pointee(1));
  EXPECT_THAT(map.Find(""), Pointee(2));
  EXPECT_FALSE(map.Contains("b"));
  EXPECT_EQ(map.size(), 2u);
}

TEST(RecentMapTest, LetsGoFirstOfWhatWasNotAskedForTheLongest) {
  RecentMap<int> map;
  for (int i = 1; i <= 3; ++i) map.Add(absl::StrCat(i), i);
  map.Find("1");
  EXPECT_TRUE(map.Contains("2")) << "to look is not to ask";
  EXPECT_EQ(map.TakeOldest(), 2);
  EXPECT_EQ(map.TakeOldest(), 3);
  EXPECT_EQ(map.TakeOldest(), 1);
  EXPECT_EQ(map.size(), 0u);
}

TEST(RecentMapTest, TakesThoseThatAreOver) {
  RecentMap<std::unique_ptr<int>> map;
  for (int i = 1; i <= 4; ++i) map.Add(absl::StrCat(i), std::make_unique<int>(i));
  EXPECT_THAT(map.TakeIf([](const auto& value) { return *value % 2 == 0; }), ElementsAre(Pointee(4), Pointee(2)));
  EXPECT_EQ(map.Find("2"), nullptr);
  EXPECT_THAT(map.Find("3"), Pointee(Pointee(3)));
}

// Keys lie in the entries, which move.
TEST(RecentMapTest, FindsByKeysOfAnyLengthThroughManyChanges) {
  std::mt19937 random(1);
  RecentMap<size_t> map;
  for (size_t i = 0; i < 10'000; ++i) {
    const size_t number = random() % 100;
    const std::string key(number, 'k');
    size_t* found = map.Find(key);
    if (found != nullptr) {
      ASSERT_EQ(*found, number);
    } else {
      map.Add(key, number);
    }
    if (map.size() > 40) map.TakeOldest();
  }
}

}  // namespace
}  // namespace bedside
