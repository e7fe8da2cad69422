#include "services/rpc/page_token.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

TEST(PageTokenTest, ComesBackWithItsOffset) {
  EXPECT_EQ(*DecodePageToken(EncodePageToken(40, "scope"), "scope"), 40u);
  EXPECT_EQ(*DecodePageToken("", "scope"), 0u);
}

TEST(PageTokenTest, IsRefusedForAnotherRequestOrState) {
  EXPECT_THAT(DecodePageToken(EncodePageToken(40, "scope"), "other"), StatusIs(absl::StatusCode::kAborted));
}

TEST(PageTokenTest, IsRefusedWhenItIsNotOurs) {
  for (const std::string& token : {std::string("x"), std::string("!!!"), absl::WebSafeBase64Escape("40"),
                                   absl::WebSafeBase64Escape("-1:0123456789abcdef"), std::string(100000, 'A')}) {
    EXPECT_THAT(DecodePageToken(token, "scope"), StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST(PageSizeTest, HasADefaultAndALimit) {
  EXPECT_EQ(PageSize(0, 10, 100), 10u);
  EXPECT_EQ(PageSize(7, 10, 100), 7u);
  EXPECT_EQ(PageSize(1000, 10, 100), 100u);
}

}  // namespace
}  // namespace bedside
