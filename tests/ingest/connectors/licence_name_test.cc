#include "ingest/connectors/licence_name.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(CreativeCommonsNameTest, ReadsTheAddress) {
  EXPECT_EQ(CreativeCommonsName("http://creativecommons.org/licenses/by-nc/3.0"), "CC BY-NC 3.0");
  EXPECT_EQ(CreativeCommonsName("https://creativecommons.org/licenses/by/4.0/deed.en"), "CC BY 4.0");
  EXPECT_EQ(CreativeCommonsName("https://creativecommons.org/publicdomain/zero/1.0/"), "CC0 1.0");
  EXPECT_EQ(CreativeCommonsName("https://creativecommons.org/publicdomain/mark/1.0/"), "Public domain");
}

TEST(CreativeCommonsNameTest, IsEmptyForOtherAddresses) {
  for (absl::string_view url : {"", "https://example.org/licenses/by/4.0", "https://creativecommons.org/", "by"}) {
    EXPECT_EQ(CreativeCommonsName(url), "") << url;
  }
}

}  // namespace
}  // namespace bedside
