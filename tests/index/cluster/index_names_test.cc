#include "index/cluster/index_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bedside {
namespace {

using ::testing::Optional;

IndexNames NamesOf(const std::string& prefix) {
  config::ClusterConfig config;
  config.set_prefix(prefix);
  return IndexNames(config);
}

TEST(IndexNamesTest, BeginWithThePrefix) {
  EXPECT_EQ(NamesOf("").Changes(), "bedside.changes");
  const IndexNames names = NamesOf("ward-7");
  EXPECT_EQ(names.Changes(), "ward-7.changes");
  EXPECT_EQ(names.Segment("c", "0a"), "ward-7.c.segment.0a");
  EXPECT_EQ(names.Generation("c", "g00000001"), "ward-7.c.generation.g00000001");
  EXPECT_EQ(names.Active("c"), "ward-7.c.active");
}

TEST(IndexNamesTest, AreReadBack) {
  const IndexNames names = NamesOf("ward-7");
  EXPECT_THAT(names.CorpusOfActive(names.Active("c-d")), Optional(std::string("c-d")));
  EXPECT_THAT(names.GenerationOfIndex("c", names.Generation("c", "g00000001")), Optional(std::string("g00000001")));
}

TEST(IndexNamesTest, OfAnotherKindCorpusOrPrefixAreNotRead) {
  const IndexNames names = NamesOf("ward");
  EXPECT_EQ(names.CorpusOfActive(names.Changes()), absl::nullopt);
  EXPECT_EQ(names.CorpusOfActive(names.Generation("c", "g00000001")), absl::nullopt);
  EXPECT_EQ(names.CorpusOfActive(NamesOf("ward-7").Active("c")), absl::nullopt);
  EXPECT_EQ(names.GenerationOfIndex("c", names.Segment("c", "0a")), absl::nullopt);
  EXPECT_EQ(names.GenerationOfIndex("c", names.Generation("c-d", "g00000001")), absl::nullopt);
  EXPECT_NE(names.Active("7-c"), NamesOf("ward-7").Active("c"));
}

}  // namespace
}  // namespace bedside
