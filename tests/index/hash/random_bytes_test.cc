#include "index/hash/random_bytes.h"

#include <gtest/gtest.h>

#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

TEST(RandomBytesTest, AreAsManyAsWantedAndNotTheSameTwice) {
  const auto bytes = RandomBytes(32);
  ASSERT_THAT(bytes, IsOk());
  EXPECT_EQ(bytes->size(), 32);
  EXPECT_NE(*bytes, *RandomBytes(32));
  EXPECT_EQ(*RandomBytes(0), "");
}

}  // namespace
}  // namespace bedside
