#include "index/hash/hmac_sha256.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"

namespace bedside {
namespace {

std::string Hex(absl::string_view secret, absl::string_view bytes) {
  return absl::BytesToHexString(HmacSha256(secret, bytes));
}

// RFC 4231, test cases 2 and 6: a short secret, and one longer than a block.
TEST(HmacSha256Test, AgreesWithTheStandard) {
  EXPECT_EQ(Hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(Hex(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256Test, NeitherNeedsBytes) { EXPECT_EQ(HmacSha256("", "").size(), 32u); }

}  // namespace
}  // namespace bedside
