#include "ingest/connectors/source_shard.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(SourceShardTest, EachFileIsInOneShard) {
  constexpr uint32_t kShards = 7;
  std::vector<int> files(kShards);
  for (int i = 0; i < 7000; ++i) {
    int holders = 0;
    for (uint32_t number = 0; number < kShards; ++number) {
      if (!SourceShard{number, kShards}.Has(absl::StrCat("folder/", i, ".xml"))) continue;
      ++holders;
      ++files[number];
    }
    ASSERT_EQ(holders, 1) << i;
  }
  for (const int count : files) EXPECT_NEAR(count, 1000, 150);
}

// What is dealt by one version is taken over by another.
TEST(SourceShardTest, TheHashIsTheFirstEightBytesOfTheSha256) {
  // sha256sum of "a.md": fecccc97532467ad...
  EXPECT_TRUE((SourceShard{333, 1000}).Has("a.md"));
}

TEST(SourceShardTest, TheOnlyShardHasAll) { EXPECT_TRUE(SourceShard().Has("anything")); }

}  // namespace
}  // namespace bedside
