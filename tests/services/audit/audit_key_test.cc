#include "services/audit/audit_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

TEST(AuditKeyTest, IsMadeOnceForItsOwnerAlone) {
  const std::string path = WriteFile(TempFolder(), "other", "") + ".key";
  const auto made = AuditKey::ReadOrMake(path);
  ASSERT_THAT(made, IsOk());
  struct stat found;
  ASSERT_EQ(stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600);
  EXPECT_EQ(found.st_size, 32);
  const auto again = AuditKey::ReadOrMake(path);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->id(), made->id());
}

TEST(AuditKeyTest, OneThatOthersMayReadIsRefused) {
  const std::string path = WriteFile(TempFolder(), "key", std::string(32, 'k'));
  ASSERT_EQ(chmod(path.c_str(), 0640), 0);
  EXPECT_THAT(AuditKey::ReadOrMake(path), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("chmod 600")));
}

TEST(AuditKeyTest, LengthsAreChecked) {
  for (const size_t bytes : {size_t{0}, size_t{31}, size_t{4097}}) {
    const std::string path = WriteFile(TempFolder(), "key", std::string(bytes, 'k'));
    ASSERT_EQ(chmod(path.c_str(), 0600), 0);
    EXPECT_THAT(AuditKey::ReadOrMake(path), StatusIs(absl::StatusCode::kInvalidArgument)) << bytes;
  }
}

TEST(AuditKeyTest, OneThatIsMissingIsNotMadeByReading) {
  EXPECT_THAT(AuditKey::Read(TempFolder()), StatusIs(absl::StatusCode::kNotFound));
}

TEST(AuditKeyTest, KeysLogsAndPurposesAreApart) {
  const AuditKey one(std::string(32, 'a'));
  const AuditKey two(std::string(32, 'b'));
  EXPECT_NE(one.id(), two.id());
  EXPECT_NE(one.HashOfText("x"), two.HashOfText("x"));
  EXPECT_NE(one.ChainKey("1"), one.ChainKey("2"));
  EXPECT_NE(one.HashOfText("x"), one.SealOfAnchor("x"));
  EXPECT_EQ(one.HashOfText("x"), AuditKey(std::string(32, 'a')).HashOfText("x"));
  EXPECT_EQ(one.HashOfText(""), "");
}

}  // namespace
}  // namespace bedside
