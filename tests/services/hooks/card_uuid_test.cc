#include "services/hooks/card_uuid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

TEST(CardUuidTest, IsRandomAndSaysSo) {
  const auto uuid = NewCardUuid();
  ASSERT_THAT(uuid, IsOk());
  EXPECT_THAT(*uuid, testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_NE(*uuid, *NewCardUuid());
}

}  // namespace
}  // namespace bedside
