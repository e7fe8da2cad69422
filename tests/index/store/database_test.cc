#include "index/store/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "index/store/schema_version.h"
#include "tests/durability/fault_file_system.h"
#include "tests/fakes/damaged_table.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Access = Database::Access;
using Durability = Database::Durability;

std::unique_ptr<Database> OpenNew() { return *Database::Open(TempFolder(), Access::kReadWrite); }

void Put(Database& database, absl::string_view key, absl::string_view value) {
  WriteBatch batch;
  batch.Put(Family::kMeta, key, value);
  ASSERT_THAT(database.Write(batch, Durability::kSynced), IsOk());
}

TEST(DatabaseTest, CreatesTheFolderAndItsParents) {
  const std::string path = TempFolder() + "/a/b";
  EXPECT_THAT(Database::Open(path, Access::kReadWrite), IsOk());
  EXPECT_TRUE(std::filesystem::is_directory(path));
}

TEST(DatabaseTest, GivesBackWhatWasWrittenAfterReopening) {
  const std::string path = TempFolder();
  Put(**Database::Open(path, Access::kReadWrite), "key", "value");
  const auto reopened = Database::Open(path, Access::kReadOnly);
  ASSERT_THAT(reopened, IsOk());
  EXPECT_EQ(**(*reopened)->Get(Family::kMeta, "key"), "value");
  EXPECT_FALSE((*reopened)->Get(Family::kMeta, "other")->has_value());
  EXPECT_FALSE((*reopened)->Get(Family::kStatus, "key")->has_value()) << "families are apart";
}

// One that fails on a full disk ends the process.
TEST(DatabaseTest, KeepsNoLogOfItsDoingsBesideTheData) {
  const std::string path = TempFolder();
  for (const Access access : {Access::kReadWrite, Access::kReadWrite, Access::kReadOnly}) {
    const auto database = Database::Open(path, access);
    ASSERT_THAT(database, IsOk());
    if (access == Access::kReadWrite) Put(**database, "key", "value");
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      EXPECT_NE(entry.path().filename().string().substr(0, 3), "LOG");
    }
  }
}

TEST(DatabaseTest, WritesABatchAsOne) {
  const auto database = OpenNew();
  Put(*database, "b", "old");
  WriteBatch batch;
  batch.Put(Family::kMeta, "a", "1");
  batch.Delete(Family::kMeta, "b");
  batch.Put(Family::kMeta, "c1", "1");
  batch.Put(Family::kMeta, "c2", "1");
  batch.DeleteRange(Family::kMeta, "c1", "c2");
  ASSERT_THAT(database->Write(batch, Durability::kBuffered), IsOk());
  const auto values = database->MultiGet(Family::kMeta, {"a", "b", "c1", "c2"});
  ASSERT_THAT(values, IsOk());
  EXPECT_THAT(*values, ElementsAre(absl::optional<std::string>("1"), absl::nullopt, absl::nullopt,
                                   absl::optional<std::string>("1")));
}

// RocksDB reads keys in batches, each sorted.
TEST(DatabaseTest, GivesManyValuesInTheOrderOfTheirKeysFromTablesAndLogs) {
  const std::unique_ptr<Database> database = OpenNew();
  const auto key_of = [](size_t i) { return absl::StrCat("key", i * 37 % 101); };
  for (size_t i = 0; i < 100; ++i) {
    if (i == 60) ASSERT_THAT(database->Compact(), IsOk());
    Put(*database, key_of(i), absl::StrCat("value", i));
  }
  std::vector<std::string> keys;
  for (size_t i = 0; i < 101; ++i) keys.push_back(key_of(i));
  keys.insert(keys.end(), {key_of(3), key_of(70), key_of(3)});
  const auto values = *database->MultiGet(Family::kMeta, keys);
  ASSERT_EQ(values.size(), keys.size());
  for (size_t i = 0; i < 100; ++i) EXPECT_EQ(values[i], absl::StrCat("value", i)) << keys[i];
  EXPECT_EQ(values[100], absl::nullopt);
  EXPECT_THAT(absl::MakeConstSpan(values).last(3), ElementsAre("value3", "value70", "value3"));
}

// The range in the log, in a table beside those of its keys, and in one table with them.
TEST(DatabaseTest, GivesNoneOfManyValuesThatWereDeletedAsARange) {
  const std::string path = TempFolder();
  const std::vector<std::string> keys = {"k100", "k120", "k150", "k179", "k180"};
  auto database = *Database::Open(path, Access::kReadWrite);
  for (int i = 100; i < 200; ++i) Put(*database, absl::StrCat("k", i), "old");
  ASSERT_THAT(database->Compact(), IsOk());
  WriteBatch batch;
  batch.DeleteRange(Family::kMeta, "k120", "k180");
  ASSERT_THAT(database->Write(batch, Durability::kSynced), IsOk());
  Put(*database, "k150", "new");
  const auto expected = ElementsAre("old", absl::nullopt, "new", absl::nullopt, "old");
  EXPECT_THAT(*database->MultiGet(Family::kMeta, keys), expected) << "in the log";
  database.reset();
  database = *Database::Open(path, Access::kReadWrite);
  EXPECT_THAT(*database->MultiGet(Family::kMeta, keys), expected) << "opening moves what is in the log to a table";
  ASSERT_THAT(database->Compact(), IsOk());
  EXPECT_THAT(*database->MultiGet(Family::kMeta, keys), expected) << "in one table";
  EXPECT_THAT(*database->MultiGet(Family::kMeta, {}), IsEmpty());
}

TEST(DatabaseTest, DeletesRangesOfFewKeysAndOfMany) {
  const auto database = OpenNew();
  WriteBatch keys;
  for (int i = 100; i < 200; ++i) keys.Put(Family::kMeta, absl::StrCat("k", i), "");
  ASSERT_THAT(database->Write(keys, Durability::kSynced), IsOk());
  WriteBatch batch;
  batch.DeleteRange(Family::kMeta, "a", "b");
  batch.DeleteRange(Family::kMeta, "k100", "k102");
  batch.DeleteRange(Family::kMeta, "k103", "k199");
  batch.Put(Family::kMeta, "l", "");
  batch.DeleteRange(Family::kMeta, "l", "m");
  ASSERT_THAT(database->Write(batch, Durability::kSynced), IsOk());
  std::vector<std::string> left;
  ASSERT_THAT(database->Scan(Family::kMeta, "", "k",
                             [&left](absl::string_view key, absl::string_view) {
                               left.emplace_back(key);
                               return true;
                             }),
              IsOk());
  EXPECT_THAT(left, ElementsAre("k102", "k199", kSchemaKey));
}

// Not the end of the process, which an assertion of RocksDB is.
TEST(DatabaseTest, ADiskThatFailsAtACompactionThatKeepsNothingIsAnErrorOfTheCall) {
  const auto disk = std::make_shared<FaultFileSystem>();
  const auto env = EnvironmentOn(disk);
  bool done = false;
  for (uint64_t write = 0; !done; ++write) {
    disk->Heal();
    const auto database = Database::Open(TempFolder(), Access::kReadWrite, env.get());
    ASSERT_THAT(database, IsOk());
    WriteBatch puts;
    puts.Put(Family::kFeedback, "k", "");
    ASSERT_THAT((*database)->Write(puts, Durability::kSynced), IsOk());
    WriteBatch deletions;
    for (const char* end : {"j", "z"}) deletions.DeleteRange(Family::kFeedback, "a", end);
    ASSERT_THAT((*database)->Write(deletions, Durability::kSynced), IsOk());
    disk->FailFrom(write, FaultFileSystem::Fault::kIoError);
    const absl::Status compacted = (*database)->Compact();
    done = compacted.ok();
    if (!done) EXPECT_THAT(compacted, StatusIs(absl::StatusCode::kInternal));
  }
}

TEST(DatabaseTest, ScansAPrefixInOrderFromAKeyUntilToldToStop) {
  const auto database = OpenNew();
  for (const char* key : {"p3", "p1", "q1", "p2", "o9"}) Put(*database, key, "");
  std::vector<std::string> seen;
  const auto visit = [&](absl::string_view key, absl::string_view) {
    seen.emplace_back(key);
    return seen.size() < 2;
  };
  ASSERT_THAT(database->Scan(Family::kMeta, "p", "", visit), IsOk());
  EXPECT_THAT(seen, ElementsAre("p1", "p2"));
  seen.clear();
  ASSERT_THAT(database->Scan(Family::kMeta, "p", "p3", visit), IsOk());
  EXPECT_THAT(seen, ElementsAre("p3"));
}

TEST(DatabaseTest, RefusesASecondWriter) {
  const std::string path = TempFolder();
  const auto first = Database::Open(path, Access::kReadWrite);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Database::Open(path, Access::kReadWrite),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("in use by another process")));
  EXPECT_THAT(Database::Open(path, Access::kReadOnly), IsOk()) << "readers may look on";
}

TEST(DatabaseTest, RefusesASecondWriterOfAnotherProcess) {
  const std::string path = TempFolder();
  std::array<int, 2> opened;
  std::array<int, 2> done;
  ASSERT_EQ(pipe(opened.data()), 0);
  ASSERT_EQ(pipe(done.data()), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(done[1]);
    const auto first = Database::Open(path, Access::kReadWrite);
    char signal = first.ok() ? 'y' : 'n';
    const bool told = write(opened[1], &signal, 1) == 1;
    // Returns when the parent closes its end, also by dying.
    const bool waited = told && read(done[0], &signal, 1) == 0;
    _exit(waited ? 0 : 1);
  }
  char signal = 0;
  ASSERT_EQ(read(opened[0], &signal, 1), 1);
  ASSERT_EQ(signal, 'y');
  EXPECT_THAT(Database::Open(path, Access::kReadWrite),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("in use by another process")));
  close(done[1]);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_THAT(Database::Open(path, Access::kReadWrite), IsOk()) << "the lock ends with the process";
}

// Its name must not make every failure look like a lock that somebody holds.
TEST(DatabaseTest, TellsALostFileFromALockAlsoInAFolderNamedLock) {
  const std::string path = TempFolder() + "/lock";
  Put(**Database::Open(path, Access::kReadWrite), "key", "value");
  std::filesystem::remove(path + "/CURRENT");
  std::filesystem::create_directory(path + "/CURRENT");
  const auto database = Database::Open(path, Access::kReadWrite);
  ASSERT_FALSE(database.ok());
  EXPECT_NE(database.status().code(), absl::StatusCode::kUnavailable) << database.status();
}

TEST(DatabaseTest, RefusesToReadWhatIsNotThere) {
  EXPECT_THAT(Database::Open(TempFolder(), Access::kReadOnly), StatusIs(absl::StatusCode::kNotFound));
}

TEST(DatabaseTest, RefusesToWriteWhenOpenForReading) {
  const std::string path = TempFolder();
  Database::Open(path, Access::kReadWrite)->reset();
  const auto database = Database::Open(path, Access::kReadOnly);
  ASSERT_THAT(database, IsOk());
  EXPECT_THAT((*database)->Write(WriteBatch(), Durability::kBuffered), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST(DatabaseTest, RefusesAnotherSchema) {
  const std::string path = TempFolder();
  Put(**Database::Open(path, Access::kReadWrite), "schema", "999");
  EXPECT_THAT(Database::Open(path, Access::kReadWrite),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("schema 999")));
}

// As versions before the answers left it.
std::string StoreOfAnEarlierVersion() {
  const std::string path = TempFolder();
  Database::Open(path, Access::kReadWrite).IgnoreError();
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  std::vector<std::string> names;
  EXPECT_TRUE(rocksdb::DB::ListColumnFamilies({}, path, &names).ok());
  for (const std::string& name : names) families.push_back({name, {}});
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  EXPECT_TRUE(rocksdb::DB::Open({}, path, families, &handles, &db).ok());
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    const std::string& name = handle->GetName();
    if (name == "answers" || name == "answer_index" || name == "feedback" || name == "cards")
      EXPECT_TRUE(db->DropColumnFamily(handle).ok());
  }
  for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle);
  delete db;
  return path;
}

TEST(DatabaseTest, ReadsAStoreOfAnEarlierVersionAndAddsItsFamiliesWhenItWrites) {
  const std::string path = StoreOfAnEarlierVersion();
  {
    auto reader = Database::Open(path, Access::kReadOnly);
    ASSERT_THAT(reader, IsOk());
    EXPECT_EQ(**(*reader)->Get(Family::kMeta, "schema"), "1");
    EXPECT_EQ(*(*reader)->Get(Family::kAnswers, "k"), absl::nullopt);
    EXPECT_THAT(*(*reader)->MultiGet(Family::kAnswers, {"k"}), testing::ElementsAre(absl::nullopt));
    EXPECT_THAT((*reader)->Scan(Family::kFeedback, "", "", [](absl::string_view, absl::string_view) { return true; }),
                IsOk());
  }
  auto writer = Database::Open(path, Access::kReadWrite);
  ASSERT_THAT(writer, IsOk());
  WriteBatch batch;
  batch.Put(Family::kAnswers, "k", "v");
  ASSERT_THAT((*writer)->Write(batch, Durability::kSynced), IsOk());
  EXPECT_EQ(**(*writer)->Get(Family::kAnswers, "k"), "v");
}

TEST(DatabaseTest, NoticesACorruptStore) {
  const std::string path = TempFolder();
  Put(**Database::Open(path, Access::kReadWrite), "key", "value");
  std::ofstream(path + "/CURRENT") << "MANIFEST-999999\n";
  EXPECT_THAT(Database::Open(path, Access::kReadWrite), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path)));
}

TEST(DatabaseTest, VerifiesEveryBlockOfEveryFamily) {
  const std::string path = TempFolder();
  {
    const auto database = Database::Open(path, Access::kReadWrite);
    WriteBatch batch;
    for (int i = 0; i < 10'000; ++i) batch.Put(Family::kDocuments, absl::StrCat("key", i), Sha256Hex(absl::StrCat(i)));
    ASSERT_THAT((*database)->Write(batch, Durability::kSynced), IsOk());
  }
  // Opening moves what is in the log to a table.
  ASSERT_THAT(Database::Open(path, Access::kReadWrite), IsOk());
  EXPECT_THAT((*Database::Open(path, Access::kReadOnly))->VerifyChecksums(), IsOk());
  DamageLargestTable(path);
  const auto damaged = Database::Open(path, Access::kReadOnly);
  ASSERT_THAT(damaged, IsOk()) << "what is not read is not noticed";
  EXPECT_THAT((*damaged)->VerifyChecksums(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path)));
  std::vector<std::string> keys;
  for (int i = 0; i < 10'000; ++i) keys.push_back(absl::StrCat("key", i));
  EXPECT_THAT((*damaged)->MultiGet(Family::kDocuments, keys), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path)));
}

TEST(DatabaseTest, RefusesAPathThatIsAFile) {
  const std::string path = TempFolder();
  std::ofstream(path) << "a file";
  EXPECT_THAT(Database::Open(path, Access::kReadWrite), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace bedside
