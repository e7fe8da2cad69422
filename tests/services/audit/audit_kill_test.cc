// A server that is killed at any moment has every record that it acknowledged, once and in order, and its log is sound.
// BEDSIDE_AUDIT_KILLS says how often it is killed (12 by default).
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <map>
#include <random>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/audit/audit_anchor.h"
#include "services/audit/audit_log.h"
#include "services/audit/audit_reader.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/services/audit/audit_scene.h"
#include "tools/eval/child_process.h"

namespace bedside {
namespace {

int Kills() {
  const char* text = std::getenv("BEDSIDE_AUDIT_KILLS");
  int kills = 12;
  return text != nullptr && absl::SimpleAtoi(text, &kills) ? kills : 12;
}

// How many records of each thread were acknowledged, by its letter.
using Counts = std::map<char, uint64_t>;

Counts RunAndKill(const std::string& folder, int acknowledged, int milliseconds) {
  std::array<int, 2> output;
  EXPECT_EQ(pipe2(output.data(), O_CLOEXEC), 0);
  auto writer = ChildProcess::Start({"tests/services/audit/audit_writer", folder}, output[1]);
  close(output[1]);
  EXPECT_THAT(writer, IsOk());
  Counts counts;
  char byte = 0;
  for (int i = 0; i < acknowledged && read(output[0], &byte, 1) == 1; ++i) ++counts[byte];
  // Not a wait for anything: the kill may come at any moment.
  poll(nullptr, 0, milliseconds);
  (*writer)->Signal(SIGKILL);
  EXPECT_THAT((*writer)->Wait(), IsOk());
  while (read(output[0], &byte, 1) == 1) ++counts[byte];
  close(output[0]);
  return counts;
}

// Of the last process: the records of each thread, which are to be 1, 2, 3 and so on.
Counts RecordedOf(const std::string& folder, const AuditReadOptions& options) {
  Counts counts;
  const auto key = AuditKey::Read(folder + "/audit.key");
  EXPECT_THAT(ReadAuditLog(folder, *key, options,
                           [&](const storage::AuditRecord& record) {
                             if (record.event().kind() == storage::AUDIT_EVENT_KIND_STARTED) counts.clear();
                             if (record.has_call()) {
                               EXPECT_EQ(record.call().latency_micros(), ++counts[record.call().method()[0]]);
                             }
                           }),
              IsOk());
  return counts;
}

TEST(AuditKillTest, EveryRecordThatWasAcknowledgedIsThere) {
  const std::string folder = TempFolder();
  std::mt19937_64 random(20261126);
  for (int kill = 0; kill < Kills(); ++kill) {
    SCOPED_TRACE(absl::StrCat("kill ", kill));
    const Counts acknowledged = RunAndKill(folder, static_cast<int>(random() % 200), static_cast<int>(random() % 30));
    // What the next start does to the end of the log.
    ASSERT_THAT(AuditJournal::Open({folder, uint64_t{1} << 20}, *AuditKey::Read(folder + "/audit.key")), IsOk());
    AuditReadOptions options;
    options.anchors = *ReadAnchors(folder + "-anchors", *AuditKey::Read(folder + "/audit.key"));
    const Counts recorded = RecordedOf(folder, options);
    for (const auto& [thread, count] : acknowledged) {
      const auto found = recorded.find(thread);
      ASSERT_NE(found, recorded.end());
      // One more may be on disk, its thread not told.
      EXPECT_GE(found->second, count);
      EXPECT_LE(found->second, count + 1);
    }
  }
}

}  // namespace
}  // namespace bedside
