// Which texts run together: the longest first, each once, within a bounded number of tokens.
#include "index/embedding/token_batch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<TokenIds> OfLengths(const std::vector<size_t>& lengths) {
  std::vector<TokenIds> ids;
  for (size_t length : lengths) ids.emplace_back(length, 1);
  return ids;
}

TEST(TokenBatchTest, OrdersTheLongestFirstAndEqualOnesAsGiven) {
  EXPECT_THAT(LongestFirst(OfLengths({3, 9, 3, 20, 9})), ElementsAre(3, 1, 4, 0, 2));
  EXPECT_THAT(LongestFirst({}), IsEmpty());
}

TEST(TokenBatchTest, PadsToAMultipleOf16) {
  for (const auto& [tokens, padded] : std::vector<std::pair<size_t, size_t>>{{2, 16}, {16, 16}, {17, 32}, {512, 512}}) {
    const std::vector<TokenIds> ids = OfLengths({tokens});
    const std::vector<size_t> order = LongestFirst(ids);
    const std::vector<TokenBatch> batches = BatchesOf(ids, order);
    ASSERT_THAT(batches, SizeIs(1));
    EXPECT_EQ(batches[0].length, padded);
  }
}

TEST(TokenBatchTest, EveryTextIsInOneBatchOfAtMost1024Tokens) {
  std::vector<size_t> lengths;
  for (size_t i = 0; i < 500; ++i) lengths.push_back(2 + i * 37 % 511);
  const std::vector<TokenIds> ids = OfLengths(lengths);
  const std::vector<size_t> order = LongestFirst(ids);
  std::vector<size_t> seen;
  for (const TokenBatch& batch : BatchesOf(ids, order)) {
    EXPECT_LE(batch.length * batch.texts.size(), 1024u);
    for (size_t text : batch.texts) EXPECT_LE(lengths[text], batch.length);
    seen.insert(seen.end(), batch.texts.begin(), batch.texts.end());
  }
  EXPECT_EQ(seen, order);
}

TEST(TokenBatchTest, ShorterTextsRunApartWhereThatSavesMorePaddingThanIsWanted) {
  const std::vector<TokenIds> many = OfLengths({30, 20, 12, 11, 10});
  const std::vector<size_t> order = LongestFirst(many);
  EXPECT_THAT(BatchesOf(many, order), SizeIs(1));
  const std::vector<TokenBatch> batches = BatchesOf(many, order, 32);
  ASSERT_THAT(batches, SizeIs(2));
  EXPECT_THAT(batches[0].texts, ElementsAre(0, 1));
  EXPECT_EQ(batches[0].length, 32u);
  EXPECT_THAT(batches[1].texts, ElementsAre(2, 3, 4));
  EXPECT_EQ(batches[1].length, 16u);
  const std::vector<TokenIds> few = OfLengths({30, 20, 12, 11});
  const std::vector<size_t> few_in_order = LongestFirst(few);
  EXPECT_THAT(BatchesOf(few, few_in_order, 32), SizeIs(1)) << "two texts are padded by 16 tokens each";
  EXPECT_THAT(BatchesOf(few, few_in_order, 31), SizeIs(2));
}

TEST(TokenBatchTest, ATextLongerThanABatchRunsAlone) {
  const std::vector<TokenIds> ids = OfLengths({1500, 10});
  const std::vector<size_t> order = LongestFirst(ids);
  const std::vector<TokenBatch> batches = BatchesOf(ids, order);
  ASSERT_THAT(batches, SizeIs(2));
  EXPECT_THAT(batches[0].texts, ElementsAre(0));
  EXPECT_THAT(batches[1].texts, ElementsAre(1));
}

TEST(TokenBatchTest, NothingIsNoBatch) { EXPECT_THAT(BatchesOf({}, {}), IsEmpty()); }

}  // namespace
}  // namespace bedside
