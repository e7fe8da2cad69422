#include "index/store/store_backup.h"

#include <gmock/gmock.h>

#include <atomic>
#include <functional>
#include <thread>

#include "index/store/backup_manifest.h"
#include "index/store/store_witness.h"
#include "tests/durability/fault_file_system.h"
#include "tests/index/store/database_fixture.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Code = absl::StatusCode;

std::string ReadFile(const std::string& path) {
  std::ifstream input(path, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
}

class StoreBackupTest : public DatabaseFixture {
 protected:
  void SetUp() override {
    DatabaseFixture::SetUp();
    std::filesystem::create_directories(folder_);
    Put(Family::kDocuments, "key", "value");
  }

  // A backup whose files are nobody else's: tables are hard links to those of the store.
  std::string TakeBackup() {
    EXPECT_THAT(BackUp(database_.get(), folder_ + "/linked", absl::FromUnixSeconds(1000)), IsOk());
    std::filesystem::copy(folder_ + "/linked", backup_);
    return backup_;
  }

  // Writes the manifest anew, as if the backup had been taken so.
  void Change(const std::function<void(storage::BackupManifest*)>& change) {
    storage::BackupManifest manifest = *ReadBackupManifest(backup_);
    change(&manifest);
    std::filesystem::remove(backup_ + "/BACKUP");
    ASSERT_THAT(WriteBackupManifest(backup_, manifest), IsOk());
  }

  // That nothing was put, not even beside.
  void ExpectNothingRestored(absl::StatusCode code, const std::string& message) {
    EXPECT_THAT(Restore(backup_, restored_), StatusIs(code, HasSubstr(message)));
    EXPECT_FALSE(std::filesystem::exists(restored_));
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      EXPECT_THAT(entry.path().string(), Not(HasSubstr("restoring")));
    }
  }

  const std::string folder_ = TempFolder();
  const std::string backup_ = folder_ + "/backup";
  const std::string restored_ = folder_ + "/restored";
};

TEST_F(StoreBackupTest, HoldsWhatWasWrittenBeforeIt) {
  const auto manifest = BackUp(database_.get(), backup_, absl::FromUnixSeconds(1000));
  ASSERT_THAT(manifest, IsOk());
  Put(Family::kDocuments, "later", "value");
  EXPECT_EQ(manifest->format_version(), kBackupFormatVersion);
  EXPECT_EQ(manifest->schema(), "1");
  EXPECT_EQ(manifest->create_time_micros(), 1'000'000'000);
  EXPECT_EQ(StoreWitness::Read(backup_), manifest->last_write()) << "of the backup, not of the store";
  ASSERT_THAT(Restore(backup_, restored_), IsOk());
  const auto restored = Database::Open(restored_, Database::Access::kReadWrite);
  ASSERT_THAT(restored, IsOk());
  EXPECT_EQ(**(*restored)->Get(Family::kDocuments, "key"), "value");
  EXPECT_EQ(*(*restored)->Get(Family::kDocuments, "later"), absl::nullopt);
  EXPECT_FALSE(std::filesystem::exists(restored_ + "/BACKUP")) << "it is a store, no backup";
  EXPECT_THAT(CheckBackupFiles(backup_, *manifest), IsOk()) << "reading a backup leaves it as it was";
}

// Everything that was acknowledged before the call is in it, and of every pair that was written as one both or none.
TEST_F(StoreBackupTest, IsTakenWhileTheStoreIsWritten) {
  std::atomic<bool> stop{false};
  std::atomic<int> written{0};
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) {
      WriteBatch batch;
      batch.Put(Family::kDocuments, absl::StrCat("a", i), "a");
      batch.Put(Family::kStatus, absl::StrCat("a", i), "b");
      ASSERT_THAT(database_->Write(batch, Database::Durability::kSynced), IsOk());
      written = i + 1;
    }
  });
  for (int round = 0; round < 3; ++round) {
    const int before = written;
    const std::string backup = absl::StrCat(backup_, round);
    ASSERT_THAT(BackUp(database_.get(), backup, absl::Now()), IsOk());
    const auto copy = Database::Open(backup, Database::Access::kReadOnly);
    ASSERT_THAT(copy, IsOk());
    int found = 0;
    ASSERT_THAT((*copy)->Scan(Family::kDocuments, "a", "",
                              [&](absl::string_view key, absl::string_view) {
                                EXPECT_TRUE((*copy)->Get(Family::kStatus, key)->has_value()) << key;
                                return ++found > 0;
                              }),
                IsOk());
    EXPECT_GE(found, before);
  }
  stop = true;
  writer.join();
}

TEST_F(StoreBackupTest, NeverOverwrites) {
  TakeBackup();
  EXPECT_THAT(BackUp(database_.get(), backup_, absl::Now()), StatusIs(Code::kAlreadyExists, HasSubstr(backup_)));
  WriteFile(folder_, "file", "x");
  EXPECT_THAT(BackUp(database_.get(), folder_ + "/file", absl::Now()), StatusIs(Code::kAlreadyExists));
  EXPECT_THAT(Restore(backup_, path_), StatusIs(Code::kFailedPrecondition, HasSubstr("Stop the server")))
      << "a server has the store";
  EXPECT_THAT(Restore(backup_, folder_ + "/file"), StatusIs(Code::kFailedPrecondition, HasSubstr("something at")));
  EXPECT_EQ(ReadFile(folder_ + "/file"), "x");
  EXPECT_EQ(**database_->Get(Family::kDocuments, "key"), "value");
}

TEST_F(StoreBackupTest, WantsAFolderToMakeItIn) {
  TakeBackup();
  EXPECT_THAT(BackUp(database_.get(), folder_ + "/none/backup", absl::Now()), StatusIs(Code::kNotFound));
  EXPECT_THAT(Restore(backup_, folder_ + "/none/store"), StatusIs(Code::kNotFound, HasSubstr("make it")));
  Reopen(Database::Access::kReadOnly);
  EXPECT_THAT(BackUp(database_.get(), folder_ + "/other", absl::Now()), StatusIs(Code::kPermissionDenied));
}

TEST_F(StoreBackupTest, AnEmptyFolderGivesWay) {
  TakeBackup();
  std::filesystem::create_directory(restored_);
  EXPECT_THAT(Restore(backup_, restored_ + "/"), IsOk());
  EXPECT_THAT(Database::Open(restored_, Database::Access::kReadOnly), IsOk());
}

TEST_F(StoreBackupTest, RefusesWhatIsNoBackup) {
  EXPECT_THAT(Restore(folder_ + "/none", restored_), StatusIs(Code::kNotFound, HasSubstr("no folder")));
  EXPECT_THAT(Restore(path_, restored_), StatusIs(Code::kFailedPrecondition, HasSubstr("no file BACKUP")))
      << "a store is none";
  TakeBackup();
  std::filesystem::remove(backup_ + "/BACKUP");
  ExpectNothingRestored(Code::kFailedPrecondition, "one that was not finished");
}

TEST_F(StoreBackupTest, FindsEachFileThatDiffers) {
  TakeBackup();
  const storage::BackupManifest manifest = *ReadBackupManifest(backup_);
  for (const storage::BackupFile& file : manifest.files()) {
    if (file.size_bytes() == 0) continue;
    const std::string path = backup_ + "/" + file.name();
    const std::string whole = ReadFile(path);
    std::string flipped = whole;
    flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
    WriteFile(backup_, file.name(), flipped);
    ExpectNothingRestored(Code::kDataLoss, "its file " + file.name() + " has SHA-256");
    WriteFile(backup_, file.name(), whole.substr(0, whole.size() - 1));
    ExpectNothingRestored(Code::kDataLoss, "its file " + file.name() + " has " + std::to_string(whole.size() - 1));
    std::filesystem::remove(path);
    ExpectNothingRestored(Code::kDataLoss, "its file " + file.name() + " is missing");
    WriteFile(backup_, file.name(), whole);
  }
  EXPECT_THAT(Restore(backup_, restored_), IsOk()) << "as it was";
}

TEST_F(StoreBackupTest, RefusesAFileMore) {
  TakeBackup();
  WriteFile(backup_, "000999.sst", "x");
  ExpectNothingRestored(Code::kFailedPrecondition, "000999.sst");
  std::filesystem::remove(backup_ + "/000999.sst");
  std::filesystem::create_symlink(backup_ + "/CURRENT", backup_ + "/link");
  ExpectNothingRestored(Code::kFailedPrecondition, "holds link");
}

TEST_F(StoreBackupTest, ADamagedManifestIsNone) {
  TakeBackup();
  const std::string whole = ReadFile(backup_ + "/BACKUP");
  for (size_t at = 0; at < whole.size(); at += 7) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 4);
    WriteFile(backup_, "BACKUP", flipped);
    ExpectNothingRestored(Code::kDataLoss, "its file BACKUP");
    WriteFile(backup_, "BACKUP", whole.substr(0, at));
    ExpectNothingRestored(Code::kDataLoss, "its file BACKUP");
  }
}

TEST_F(StoreBackupTest, RefusesAManifestThatSaysSomethingElse) {
  TakeBackup();
  Change([](storage::BackupManifest* manifest) { manifest->set_last_change(17); });
  ExpectNothingRestored(Code::kDataLoss, "holds change 0");
  Change([](storage::BackupManifest* manifest) { manifest->mutable_files(0)->set_name("../outside"); });
  ExpectNothingRestored(Code::kDataLoss, "its file ../outside is missing");
  Change([](storage::BackupManifest* manifest) { manifest->set_format_version(2); });
  ExpectNothingRestored(Code::kFailedPrecondition, "format version 2, wanted 1");
}

TEST_F(StoreBackupTest, WantsRoomBeforeItCopies) {
  TakeBackup();
  Change([](storage::BackupManifest* manifest) { manifest->mutable_files(0)->set_size_bytes(uint64_t{1} << 60); });
  ExpectNothingRestored(Code::kResourceExhausted, "Make room.");
}

TEST_F(StoreBackupTest, AFullDiskLeavesNothingBehindAndTheStoreAsItWas) {
  database_.reset();
  auto disk = std::make_shared<FaultFileSystem>();
  const std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(disk);
  auto database = Database::Open(path_, Database::Access::kReadWrite, env.get());
  ASSERT_THAT(database, IsOk());
  for (uint64_t write = 0; write < 3; ++write) {
    disk->FailFrom(write, FaultFileSystem::Fault::kNoSpace);
    const absl::Status status = BackUp(database->get(), backup_, absl::Now()).status();
    disk->Heal();
    EXPECT_THAT(status, StatusIs(Code::kResourceExhausted)) << write;
    EXPECT_FALSE(std::filesystem::exists(backup_)) << write;
    EXPECT_EQ(**(*database)->Get(Family::kDocuments, "key"), "value");
  }
}

}  // namespace
}  // namespace bedside
