#include "tools/audit/audit_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "services/audit/audit_anchor.h"
#include "services/audit/audit_reader.h"
#include "tests/fakes/temp_folder.h"
#include "tests/services/audit/audit_scene.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class AuditCommandsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    end_ = MakeLog(folder_, 5, 300);
    PutFile(key_, std::string(32, 'k'));
    ASSERT_EQ(chmod(key_.c_str(), 0600), 0);
  }

  int Run(const std::vector<std::string>& arguments, const std::string& input = "") {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    const int status = RunAuditCommand(arguments, &in, &out, &err);
    out_ = out.str();
    err_ = err.str();
    return status;
  }

  void PutAnchor(uint64_t sequence, const std::string& link) {
    PutFile(anchors_, AnchorLine({*AuditLogIdOf(folder_), TestAuditKey().id(), {sequence, link}, absl::UnixEpoch()},
                                 TestAuditKey()) +
                          "\n");
  }

  const std::string folder_ = TempFolder();
  const std::string key_ = folder_ + "/audit.key";
  const std::string anchors_ = folder_ + ".anchors";
  AuditPosition end_;
  std::string out_;
  std::string err_;
};

TEST_F(AuditCommandsTest, VerifySaysThatALogIsSound) {
  EXPECT_EQ(Run({"verify", folder_}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("is sound: 5 records"));
  EXPECT_THAT(out_, HasSubstr("--anchors tells"));
  EXPECT_THAT(err_, IsEmpty());
}

TEST_F(AuditCommandsTest, VerifyComparesAnchors) {
  PutAnchor(5, end_.link);
  EXPECT_EQ(Run({"verify", folder_, "--anchors=" + anchors_}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("It is what 1 anchors say"));
  PutAnchor(6, end_.link);
  EXPECT_EQ(Run({"verify", folder_, "--anchors=" + anchors_}), 1);
  EXPECT_THAT(err_, HasSubstr("the log ends at record 5, but was at record 6"));
}

TEST_F(AuditCommandsTest, VerifyNamesFileAndRecordOfWhatIsWrong) {
  const std::string path = FilesOfLog(folder_)[1];
  std::string bytes = BytesOfFile(path);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  PutFile(path, bytes);
  EXPECT_EQ(Run({"verify", folder_}), 1);
  EXPECT_THAT(err_, HasSubstr("audit-0000000000000000000"));
  EXPECT_THAT(err_, HasSubstr(".log: record "));
  EXPECT_THAT(err_, HasSubstr("it was edited"));
  EXPECT_THAT(out_, IsEmpty());
  EXPECT_EQ(Run({"list", folder_}), 1);
  EXPECT_EQ(Run({"export", folder_, "--format=fhir"}), 1);
}

TEST_F(AuditCommandsTest, ListHasALineForEachRecord) {
  EXPECT_EQ(Run({"list", folder_}), 0) << err_;
  const std::vector<std::string> lines = absl::StrSplit(out_, '\n', absl::SkipEmpty());
  ASSERT_THAT(lines, SizeIs(5));
  EXPECT_THAT(lines[1], StartsWith("2 2027-01-15T08:00:00.000002Z bedside.v1.EvidenceService.Search OK by=-@-"));
}

TEST_F(AuditCommandsTest, ExportHasAResourceALine) {
  EXPECT_EQ(Run({"export", folder_, "--format=fhir"}), 0) << err_;
  const std::vector<std::string> lines = absl::StrSplit(out_, '\n', absl::SkipEmpty());
  ASSERT_THAT(lines, SizeIs(5));
  for (const std::string& line : lines) EXPECT_EQ(nlohmann::json::parse(line)["resourceType"], "AuditEvent");
}

TEST_F(AuditCommandsTest, HashIsWhatStandsInTheLog) {
  EXPECT_EQ(Run({"hash", folder_}, "a question\n"), 0);
  EXPECT_EQ(out_, absl::BytesToHexString(TestAuditKey().HashOfText("a question")) + "\n");
}

TEST_F(AuditCommandsTest, AnotherKeyAndNoKeyAreSaid) {
  PutFile(key_, std::string(32, 'x'));
  EXPECT_EQ(Run({"verify", folder_}), 1);
  EXPECT_THAT(err_, HasSubstr("it is of key"));
  EXPECT_EQ(Run({"verify", folder_, "--key=" + folder_ + "/none"}), 1);
  EXPECT_THAT(err_, HasSubstr("cannot open the key"));
}

TEST_F(AuditCommandsTest, BadCommandLinesAreRefused) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{},
                                             {"verify"},
                                             {"destroy", folder_},
                                             {"verify", folder_, folder_},
                                             {"verify", folder_, "--first=0"},
                                             {"verify", folder_, "--key="},
                                             {"export", folder_},
                                             {"export", folder_, "--format=csv"},
                                             {"verify", folder_, "--other=1"}}) {
    EXPECT_EQ(Run(arguments), 2);
    EXPECT_THAT(err_, HasSubstr("see --help"));
  }
  EXPECT_EQ(Run({"--help"}), 0);
  EXPECT_THAT(out_, StartsWith("usage: bedside_audit verify"));
}

}  // namespace
}  // namespace bedside
