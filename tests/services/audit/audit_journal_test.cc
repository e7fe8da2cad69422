#include "services/audit/audit_journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "index/hash/sha256.h"
#include "services/audit/audit_reader.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/services/audit/audit_scene.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr uint64_t kMegabyte = 1 << 20;

absl::StatusOr<AuditSummary> Read(const std::string& folder) {
  return ReadAuditLog(folder, TestAuditKey(), {}, nullptr);
}

absl::StatusOr<std::unique_ptr<AuditJournal>> Open(const std::string& folder, AuditDisk disk = AuditDisk()) {
  return AuditJournal::Open({folder, kMegabyte}, TestAuditKey(), std::move(disk));
}

absl::Status WriteOne(AuditJournal* journal, int number) {
  std::vector<storage::AuditRecord> group = {CallNumber(number)};
  return journal->Write(&group);
}

TEST(AuditJournalTest, RecordsAreNumberedFromOneAndReadBackAsTheyWere) {
  const std::string folder = TempFolder();
  MakeLog(folder, 3);
  std::vector<storage::AuditRecord> records;
  const auto summary =
      ReadAuditLog(folder, TestAuditKey(), {}, [&](const storage::AuditRecord& record) { records.push_back(record); });
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->records, 3);
  ASSERT_THAT(records, SizeIs(3));
  for (int i = 0; i < 3; ++i) {
    storage::AuditRecord expected = CallNumber(i + 1);
    expected.set_sequence(static_cast<uint64_t>(i) + 1);
    EXPECT_EQ(records[i].SerializeAsString(), expected.SerializeAsString());
  }
}

TEST(AuditJournalTest, TheChainRunsOnOverFilesAndOverProcesses) {
  const std::string folder = TempFolder();
  for (int i = 1; i <= 20; ++i) {
    auto journal = AuditJournal::Open({folder, 400}, TestAuditKey());
    ASSERT_THAT(journal, IsOk());
    ASSERT_THAT(WriteOne(journal->get(), i), IsOk());
  }
  EXPECT_GE(FilesOfLog(folder).size(), 5);
  const auto summary = Read(folder);
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->end.sequence, 20);
}

TEST(AuditJournalTest, TwoProcessesCannotShareAFolder) {
  const std::string folder = TempFolder();
  const auto first = Open(folder);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Open(folder), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("in use by another process")));
}

TEST(AuditJournalTest, AnotherKeyIsRefused) {
  const std::string folder = TempFolder();
  MakeLog(folder, 1);
  EXPECT_THAT(AuditJournal::Open({folder, kMegabyte}, AuditKey(std::string(32, 'x'))),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("A new key needs a new folder")));
}

// A process that is killed leaves the beginning of what it wrote.
TEST(AuditJournalTest, APartOfARecordAtTheEndIsCutAndSaid) {
  const std::string folder = TempFolder();
  MakeLog(folder, 2);
  const std::string path = FilesOfLog(folder)[0];
  const std::string two = BytesOfFile(path);
  MakeLog(folder, 1);
  const std::string three = BytesOfFile(path);
  for (size_t size = two.size() + 1; size < three.size(); ++size) {
    PutFile(path, three.substr(0, size));
    const auto journal = Open(folder);
    ASSERT_THAT(journal, IsOk()) << size;
    ASSERT_TRUE((*journal)->cut().has_value());
    EXPECT_EQ((*journal)->cut()->bytes, size - two.size());
    EXPECT_EQ((*journal)->cut()->sha256, Sha256(three.substr(two.size(), size - two.size())));
    EXPECT_EQ((*journal)->end().sequence, 2);
    EXPECT_EQ(BytesOfFile(path), two);
  }
}

TEST(AuditJournalTest, ZerosThatALossOfPowerLeftAreCut) {
  const std::string folder = TempFolder();
  MakeLog(folder, 2);
  const std::string path = FilesOfLog(folder)[0];
  const std::string two = BytesOfFile(path);
  PutFile(path, two + std::string(4096, '\0'));
  const auto journal = Open(folder);
  ASSERT_THAT(journal, IsOk());
  EXPECT_EQ((*journal)->cut()->bytes, 4096);
  EXPECT_EQ(BytesOfFile(path), two);
}

TEST(AuditJournalTest, AFileWithoutAHeaderIsTakenAway) {
  const std::string folder = TempFolder();
  MakeLog(folder, 2);
  PutFile(folder + "/" + AuditFileName(3), "BEDAUD");
  const auto journal = Open(folder);
  ASSERT_THAT(journal, IsOk());
  EXPECT_EQ((*journal)->end().sequence, 2);
  EXPECT_THAT(FilesOfLog(folder), SizeIs(1));
}

TEST(AuditJournalTest, DamageBeforeTheEndIsLeftAsItIs) {
  const std::string folder = TempFolder();
  MakeLog(folder, 3);
  const std::string path = FilesOfLog(folder)[0];
  const std::string sound = BytesOfFile(path);
  const size_t record = (sound.size() - kAuditHeaderBytes) / 3;
  // A length, a record, a link, and a header.
  for (const size_t place :
       {kAuditHeaderBytes + 1, kAuditHeaderBytes + 12, kAuditHeaderBytes + record - 1, size_t{70}}) {
    std::string bytes = sound;
    bytes[place] = static_cast<char>(bytes[place] ^ 1);
    PutFile(path, bytes);
    EXPECT_THAT(Open(folder), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("It is left as it is"))) << place;
    EXPECT_EQ(BytesOfFile(path), bytes);
  }
}

TEST(AuditJournalTest, AFailedWriteLeavesNothingAndTheNextOneGoesOn) {
  const std::string folder = TempFolder();
  AuditDisk disk;
  bool full = false;
  disk.write = [&full](int file, uint64_t offset, absl::string_view bytes) {
    if (!full) return WriteAt(file, offset, bytes);
    EXPECT_THAT(WriteAt(file, offset, bytes.substr(0, bytes.size() / 2)), IsOk());
    return absl::ResourceExhaustedError("no space");
  };
  auto journal = Open(folder, disk);
  ASSERT_THAT(journal, IsOk());
  ASSERT_THAT(WriteOne(journal->get(), 1), IsOk());
  full = true;
  EXPECT_THAT(WriteOne(journal->get(), 2), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ((*journal)->end().sequence, 1);
  full = false;
  EXPECT_THAT(WriteOne(journal->get(), 3), IsOk());
  const auto summary = Read(folder);
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->records, 2);
}

TEST(AuditJournalTest, WhatCouldNotBeSyncedIsTakenBack) {
  const std::string folder = TempFolder();
  AuditDisk disk;
  bool fails = false;
  disk.sync = [&fails](int file) { return fails ? absl::InternalError("I/O error") : SyncData(file); };
  auto journal = Open(folder, disk);
  ASSERT_THAT(journal, IsOk());
  fails = true;
  EXPECT_THAT(WriteOne(journal->get(), 1), StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(WriteOne(journal->get(), 2), StatusIs(absl::StatusCode::kInternal));
  fails = false;
  EXPECT_THAT(WriteOne(journal->get(), 3), IsOk());
  const auto summary = Read(folder);
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->records, 1);
}

TEST(AuditJournalTest, AFileThatWasRemovedOrReplacedIsNoticed) {
  const std::string folder = TempFolder();
  auto journal = Open(folder);
  ASSERT_THAT(WriteOne(journal->get(), 1), IsOk());
  const std::string path = FilesOfLog(folder)[0];
  std::filesystem::rename(path, path + ".away");
  EXPECT_THAT(WriteOne(journal->get(), 2), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("not in its place")));
  PutFile(path, BytesOfFile(path + ".away"));
  EXPECT_THAT(WriteOne(journal->get(), 2), StatusIs(absl::StatusCode::kUnavailable));
  std::filesystem::rename(path + ".away", path);
  EXPECT_THAT(WriteOne(journal->get(), 2), IsOk());
}

TEST(AuditJournalTest, ARecordThatIsTooLargeIsRefusedAndTakesNothingWithIt) {
  const std::string folder = TempFolder();
  auto journal = Open(folder);
  std::vector<storage::AuditRecord> group = {CallNumber(1), CallNumber(2)};
  group[1].mutable_call()->set_resource(std::string(kMaxAuditRecordBytes, 'x'));
  EXPECT_THAT((*journal)->Write(&group), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ((*journal)->end().sequence, 0);
  EXPECT_THAT(WriteOne(journal->get(), 1), IsOk());
}

}  // namespace
}  // namespace bedside
