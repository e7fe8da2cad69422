#include "proto/bedside/config/source_trust.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(SourceTrustTest, WithoutAListOnlyWhatHasNoNameIsTrusted) {
  EXPECT_TRUE(SourceTrust().Trusts("default"));
  EXPECT_FALSE(SourceTrust().Trusts("nice"));
  EXPECT_FALSE(SourceTrust().Trusts(""));
}

TEST(SourceTrustTest, AListSaysAll) {
  config::IndexConfig config;
  config.add_trusted_source_sets("nice");
  EXPECT_TRUE(SourceTrust(config).Trusts("nice"));
  EXPECT_FALSE(SourceTrust(config).Trusts("default"));
  EXPECT_FALSE(SourceTrust(config).Trusts("NICE"));
}

TEST(SourceTrustTest, TheDefaultSetIsStoredAsNoName) {
  EXPECT_EQ(NameOfSourceSet(""), "default");
  EXPECT_EQ(NameOfSourceSet("nice"), "nice");
  EXPECT_EQ(StoredSourceSet("default"), "");
  EXPECT_EQ(StoredSourceSet("nice"), "nice");
}

}  // namespace
}  // namespace bedside
