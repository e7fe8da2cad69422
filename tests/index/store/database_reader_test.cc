// What a reader finds that opens the store while a writer is at work.
#include <gmock/gmock.h>
#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <functional>
#include <memory>
#include <utility>

#include "tests/index/store/database_fixture.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

// The files of this machine, and something that happens whenever somebody looks which there are.
class WatchedFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit WatchedFileSystem(std::function<void()> when_listed)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), when_listed_(std::move(when_listed)) {}
  static const char* kClassName() { return "WatchedFileSystem"; }
  const char* Name() const override { return kClassName(); }

  rocksdb::IOStatus GetChildren(const std::string& folder, const rocksdb::IOOptions& options,
                                std::vector<std::string>* names, rocksdb::IODebugContext* debug) override {
    when_listed_();
    return FileSystemWrapper::GetChildren(folder, options, names, debug);
  }

 private:
  std::function<void()> when_listed_;
};

class DatabaseReaderTest : public DatabaseFixture {
 protected:
  absl::StatusOr<std::unique_ptr<Database>> Read(std::function<void()> when_listed) {
    env_ = rocksdb::NewCompositeEnv(std::make_shared<WatchedFileSystem>(std::move(when_listed)));
    return Database::Open(path_, Database::Access::kReadOnly, env_.get());
  }

  // Puts the log into tables, and begins another.
  void Flush() { ASSERT_THAT(database_->Checkpoint(TempFolder()), IsOk()); }

  std::unique_ptr<rocksdb::Env> env_;
};

// A reader has read which tables there are, and looks for logs: the one with the change is gone, and the table that has
// it is not among those that it knows.
TEST_F(DatabaseReaderTest, MissesNothingThatMovesFromALogToATableMeanwhile) {
  Put(Family::kStatus, "paper", "retracted");
  int listed = 0;
  const auto reader = Read([&] {
    if (++listed == 1) Flush();
  });
  ASSERT_THAT(reader, IsOk());
  EXPECT_GT(listed, 1) << "it has begun again";
  EXPECT_EQ(*(*reader)->Get(Family::kStatus, "paper"), absl::optional<std::string>("retracted"));
}

TEST_F(DatabaseReaderTest, GivesUpOnAStoreThatNeverKeepsStill) {
  int listed = 0;
  const auto reader = Read([&] {
    Put(Family::kStatus, "paper", std::to_string(++listed));
    Flush();
  });
  EXPECT_THAT(reader, StatusIs(absl::StatusCode::kUnavailable, HasSubstr("changed while it was opened, 20 times")));
}

TEST_F(DatabaseReaderTest, KeepsItsStateAndTheFilesOfIt) {
  Put(Family::kStatus, "paper", "current");
  Flush();
  Reopen();  // closes every file of the table
  const auto reader = Database::Open(path_, Database::Access::kReadOnly);
  ASSERT_THAT(reader, IsOk());
  for (int i = 0; i < 12; ++i) {
    Put(Family::kStatus, "paper", "retracted");
    Flush();
  }
  EXPECT_EQ(*(*reader)->Get(Family::kStatus, "paper"), absl::optional<std::string>("current"));
  EXPECT_EQ(*database_->Get(Family::kStatus, "paper"), absl::optional<std::string>("retracted"));
  EXPECT_THAT((*reader)->VerifyChecksums(),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("changed while it was read")))
      << "it opens files by their names: one that is gone is no damage";
}

}  // namespace
}  // namespace bedside
