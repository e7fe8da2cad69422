#include "services/audit/audit_anchor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/services/audit/audit_scene.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

AuditAnchor SomeAnchor(uint64_t sequence) {
  return {std::string(16, 'l'),
          TestAuditKey().id(),
          {sequence, std::string(32, 'h')},
          absl::FromUnixMicros(1'800'000'000'000'001)};
}

TEST(AuditAnchorTest, IsReadBackFromItsLineWhateverStandsBefore) {
  const std::string line = AnchorLine(SomeAnchor(77), TestAuditKey());
  for (const std::string& prefix : {std::string(), std::string("I1126 16:00:00.000000 123 audit_log.cc:40] ")}) {
    const auto anchor = ParseAnchorLine(prefix + line, TestAuditKey());
    ASSERT_THAT(anchor, IsOk());
    ASSERT_TRUE(anchor->has_value());
    EXPECT_EQ((*anchor)->at.sequence, 77);
    EXPECT_EQ((*anchor)->at.link, std::string(32, 'h'));
    EXPECT_EQ((*anchor)->log_id, std::string(16, 'l'));
    EXPECT_EQ(absl::ToUnixMicros((*anchor)->time), 1'800'000'000'000'001);
  }
}

TEST(AuditAnchorTest, OtherLinesHoldNone) {
  const auto anchor = ParseAnchorLine("bedside_server: serving on 127.0.0.1:8443", TestAuditKey());
  ASSERT_THAT(anchor, IsOk());
  EXPECT_FALSE(anchor->has_value());
}

TEST(AuditAnchorTest, EveryEditIsDetected) {
  const std::string line = AnchorLine(SomeAnchor(77), TestAuditKey());
  // An edit of the mark makes it a line without an anchor.
  for (size_t i = line.find("log="); i < line.size(); ++i) {
    std::string edited = line;
    edited[i] = edited[i] == '1' ? '2' : '1';
    EXPECT_THAT(ParseAnchorLine(edited, TestAuditKey()), StatusIs(absl::StatusCode::kDataLoss)) << i;
  }
  EXPECT_THAT(ParseAnchorLine(line.substr(0, line.size() - 1), TestAuditKey()), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ParseAnchorLine(line, AuditKey(std::string(32, 'x'))),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("of another key")));
}

TEST(AuditAnchorTest, AFileHasThemInOrderAndADamagedLineIsNamed) {
  const std::string path = WriteFile(TempFolder(), "anchors", "");
  ASSERT_THAT(AppendAnchor(path, AnchorLine(SomeAnchor(1), TestAuditKey())), IsOk());
  ASSERT_THAT(AppendAnchor(path, AnchorLine(SomeAnchor(5), TestAuditKey())), IsOk());
  const auto anchors = ReadAnchors(path, TestAuditKey());
  ASSERT_THAT(anchors, IsOk());
  ASSERT_THAT(*anchors, SizeIs(2));
  EXPECT_EQ((*anchors)[1].at.sequence, 5);
  PutFile(path, absl::StrReplaceAll(BytesOfFile(path), {{"sequence=5", "sequence=4"}}));
  EXPECT_THAT(ReadAnchors(path, TestAuditKey()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("line 2")));
  EXPECT_THAT(ReadAnchors(path + ".none", TestAuditKey()), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace bedside
