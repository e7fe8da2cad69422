#include "services/rpc/page_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const PageScope kScope = {"request", "state"};

TEST(PageTokenTest, ComesBackWithItsOffset) {
  EXPECT_EQ(*DecodePageToken(EncodePageToken(40, kScope), kScope), 40u);
  EXPECT_EQ(*DecodePageToken("", kScope), 0u);
}

TEST(PageTokenTest, IsRefusedForAnotherRequest) {
  EXPECT_THAT(DecodePageToken(EncodePageToken(40, {"other", "state"}), kScope),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("page_token: belongs to another request")));
}

TEST(PageTokenTest, IsAbortedWhenTheStateHasChanged) {
  EXPECT_THAT(DecodePageToken(EncodePageToken(40, {"request", "other"}), kScope),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("start at the first page")));
}

TEST(PageTokenTest, IsRefusedWhenItIsNotOurs) {
  constexpr char kDigest[] = "0123456789abcdef";
  for (const std::string& token :
       {std::string("x"), std::string("!!!"), absl::WebSafeBase64Escape("40"),
        absl::WebSafeBase64Escape(absl::StrCat("40:", kDigest)),
        absl::WebSafeBase64Escape(absl::StrCat("-1:", kDigest, ":", kDigest)), std::string(100000, 'A')}) {
    EXPECT_THAT(DecodePageToken(token, kScope), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("page_token")));
  }
}

TEST(PageTokenTest, ShowsNothingOfTheRequest) {
  std::string plain;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(EncodePageToken(40, {"Mrs Smith", "state"}), &plain));
  EXPECT_THAT(plain, Not(HasSubstr("Smith")));
}

TEST(PageSizeTest, HasADefaultAndALimit) {
  EXPECT_EQ(PageSize(0, 10, 100), 10u);
  EXPECT_EQ(PageSize(7, 10, 100), 7u);
  EXPECT_EQ(PageSize(1000, 10, 100), 100u);
}

}  // namespace
}  // namespace bedside
