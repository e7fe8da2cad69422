#include "services/gateway/timeout_header.h"

#include <gtest/gtest.h>

namespace bedside {
namespace {

TEST(TimeoutHeaderTest, ReadsEachUnit) {
  EXPECT_EQ(ParseTimeout("1H"), absl::Hours(1));
  EXPECT_EQ(ParseTimeout("2M"), absl::Minutes(2));
  EXPECT_EQ(ParseTimeout("3S"), absl::Seconds(3));
  EXPECT_EQ(ParseTimeout("500m"), absl::Milliseconds(500));
  EXPECT_EQ(ParseTimeout("5u"), absl::Microseconds(5));
  EXPECT_EQ(ParseTimeout("99999999n"), absl::Nanoseconds(99'999'999));
}

TEST(TimeoutHeaderTest, TakesNothingElse) {
  for (const char* value : {"", "m", "5", "-5S", "+5S", "5s", "5.0S", "100000000n", "5 S", " 5S"}) {
    EXPECT_FALSE(ParseTimeout(value).has_value()) << value;
  }
}

}  // namespace
}  // namespace bedside
