#include "proto/bedside/config/textproto_config.h"

#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "proto/bedside/config/server_config.pb.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

std::string Written(const std::string& text) {
  const auto* info = testing::UnitTest::GetInstance()->current_test_info();
  std::string path = absl::StrCat(testing::TempDir(), "/", info->name(), ".textproto");
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

TEST(ReadTextprotoConfigTest, ReadsEveryFieldThatTheFileSets) {
  config::ServerConfig config;
  ASSERT_THAT(ReadTextprotoConfig(Written("# of the ward\n"
                                          "listen_address: \"127.0.0.1:0\"\n"
                                          "index { store_path: \"/s\" embedder { pooling: POOLING_MEAN } }\n"),
                                  &config),
              IsOk());
  EXPECT_EQ(config.listen_address(), "127.0.0.1:0");
  EXPECT_EQ(config.index().store_path(), "/s");
  EXPECT_EQ(config.index().embedder().pooling(), config::POOLING_MEAN);
}

TEST(ReadTextprotoConfigTest, AnEmptyFileLeavesEveryDefault) {
  config::ServerConfig config;
  config.set_workers(7);
  ASSERT_THAT(ReadTextprotoConfig(Written(""), &config), IsOk());
  EXPECT_EQ(config.workers(), 0u);
}

TEST(ReadTextprotoConfigTest, AnUnknownFieldIsNamedWithItsPlace) {
  config::ServerConfig config;
  const std::string path = Written("workers: 2\nindex {\n  store_pth: \"/s\"\n}\n");
  EXPECT_THAT(
      ReadTextprotoConfig(path, &config),
      StatusIs(absl::StatusCode::kInvalidArgument, AllOf(StartsWith(absl::StrCat(path, ":3:")), HasSubstr("store_pth"),
                                                         HasSubstr("bedside.config.ServerConfig"))));
  EXPECT_EQ(config.workers(), 0u);
}

TEST(ReadTextprotoConfigTest, AValueOfTheWrongTypeIsRefusedWithItsPlace) {
  config::ServerConfig config;
  const std::string path = Written("workers: \"many\"\n");
  EXPECT_THAT(ReadTextprotoConfig(path, &config),
              StatusIs(absl::StatusCode::kInvalidArgument, StartsWith(absl::StrCat(path, ":1:10: "))));
}

TEST(ReadTextprotoConfigTest, AnUnknownEnumValueIsRefused) {
  config::ServerConfig config;
  EXPECT_THAT(ReadTextprotoConfig(Written("index { embedder { pooling: POOLING_LAST } }"), &config),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("POOLING_LAST")));
}

TEST(ReadTextprotoConfigTest, AFieldGivenTwiceIsRefused) {
  config::ServerConfig config;
  EXPECT_THAT(ReadTextprotoConfig(Written("workers: 1\nworkers: 2\n"), &config),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("workers")));
}

TEST(ReadTextprotoConfigTest, AMessageThatIsNotClosedIsRefused) {
  config::ServerConfig config;
  EXPECT_THAT(ReadTextprotoConfig(Written("index { store_path: \"/s\""), &config),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ReadTextprotoConfigTest, BytesThatAreNotTextAreRefused) {
  config::ServerConfig config;
  EXPECT_THAT(ReadTextprotoConfig(Written(std::string("\x00\x01\xff\x7f", 4)), &config),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ReadTextprotoConfigTest, AMissingFileIsNotFoundByItsName) {
  config::ServerConfig config;
  const std::string path = absl::StrCat(testing::TempDir(), "/absent.textproto");
  EXPECT_THAT(ReadTextprotoConfig(path, &config), StatusIs(absl::StatusCode::kNotFound, HasSubstr(path)));
}

TEST(ReadTextprotoConfigTest, AFolderIsNotAConfiguration) {
  config::ServerConfig config;
  EXPECT_THAT(ReadTextprotoConfig(testing::TempDir(), &config),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("cannot be read")));
}

}  // namespace
}  // namespace bedside
