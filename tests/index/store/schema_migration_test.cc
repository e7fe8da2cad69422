#include "index/store/schema_migration.h"

#include <gmock/gmock.h>

#include "index/store/schema_version.h"
#include "tests/index/store/database_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Code = absl::StatusCode;

// Steps of versions to come, as they are to be: the first renames every key of `heads` in batches of one, the second
// counts them.
class SchemaMigrationTest : public DatabaseFixture {
 protected:
  void SetUp() override {
    DatabaseFixture::SetUp();
    for (const char* key : {"a", "b", "c"}) Put(Family::kHeads, key, key);
  }

  std::vector<SchemaStep> Steps() {
    return {{1, [this](Database* database) { return Rename(database); }},
            {2, [this](Database* database) { return Count(database); }}};
  }

  // The process is stopped before write number `write`; the counter is not reset.
  void StopBefore(int write) { stop_before_ = write; }

  absl::Status Write(Database* database, const WriteBatch& batch) {
    if (written_ == stop_before_) return absl::AbortedError("the process ends here");
    ++written_;
    return database->Write(batch, Database::Durability::kBuffered);
  }

  absl::Status Rename(Database* database) {
    runs_.push_back(1);
    for (const std::string& key : KeysOf(Family::kHeads)) {
      if (key.substr(0, 4) == "new-") continue;
      WriteBatch batch;
      batch.Put(Family::kHeads, "new-" + key, key);
      batch.Delete(Family::kHeads, key);
      const absl::Status written = Write(database, batch);
      if (!written.ok()) return written;
    }
    return absl::OkStatus();
  }

  absl::Status Count(Database* database) {
    runs_.push_back(2);
    WriteBatch batch;
    batch.Put(Family::kMeta, "heads", std::to_string(KeysOf(Family::kHeads).size()));
    return Write(database, batch);
  }

  std::vector<std::string> KeysOf(Family family) {
    std::vector<std::string> keys;
    EXPECT_THAT(database_->Scan(family, "", "",
                                [&keys](absl::string_view key, absl::string_view) {
                                  keys.emplace_back(key);
                                  return true;
                                }),
                IsOk());
    return keys;
  }

  std::string Schema() { return **database_->Get(Family::kMeta, kSchemaKey); }

  std::vector<int> runs_;
  int written_ = 0;
  int stop_before_ = -1;
};

TEST_F(SchemaMigrationTest, EachStepIsTakenOnceInItsOrder) {
  ASSERT_THAT(Migrate(database_.get(), 3, Steps()), IsOk());
  EXPECT_EQ(Schema(), "3");
  EXPECT_THAT(KeysOf(Family::kHeads), ElementsAre("new-a", "new-b", "new-c"));
  EXPECT_EQ(**database_->Get(Family::kMeta, "heads"), "3");
  ASSERT_THAT(Migrate(database_.get(), 3, Steps()), IsOk());
  EXPECT_THAT(runs_, ElementsAre(1, 2)) << "nothing is left to do";
}

TEST_F(SchemaMigrationTest, OnlyTheStepsOnTheWayAreTaken) {
  ASSERT_THAT(Migrate(database_.get(), 1, Steps()), IsOk());
  EXPECT_THAT(runs_, IsEmpty());
  ASSERT_THAT(Migrate(database_.get(), 2, Steps()), IsOk());
  EXPECT_THAT(runs_, ElementsAre(1));
  EXPECT_EQ(Schema(), "2");
}

// Stopped before each write, the next run comes to the same.
TEST_F(SchemaMigrationTest, AStepThatWasStoppedIsTakenAgain) {
  for (int stop = 0; stop < 4; ++stop) {
    StopBefore(stop);
    EXPECT_THAT(Migrate(database_.get(), 3, Steps()), StatusIs(Code::kAborted)) << stop;
    EXPECT_EQ(Schema(), stop < 3 ? "1" : "2");
  }
  StopBefore(-1);
  ASSERT_THAT(Migrate(database_.get(), 3, Steps()), IsOk());
  EXPECT_THAT(runs_, ElementsAre(1, 1, 1, 1, 2, 2));
  EXPECT_THAT(KeysOf(Family::kHeads), ElementsAre("new-a", "new-b", "new-c"));
  EXPECT_EQ(**database_->Get(Family::kMeta, "heads"), "3");
}

TEST_F(SchemaMigrationTest, AGapIsFoundBeforeAnythingIsDone) {
  EXPECT_THAT(Migrate(database_.get(), 4, Steps()),
              StatusIs(Code::kFailedPrecondition, HasSubstr("cannot bring schema 3 to 4")));
  EXPECT_THAT(runs_, IsEmpty());
  EXPECT_EQ(Schema(), "1");
}

TEST_F(SchemaMigrationTest, AReaderWantsTheSchemaThatItKnows) {
  EXPECT_THAT(CheckMigrated(*database_, 1), IsOk());
  EXPECT_THAT(CheckMigrated(*database_, 2),
              StatusIs(Code::kFailedPrecondition, HasSubstr("has schema 1, wanted 2. Back it up")));
}

TEST_F(SchemaMigrationTest, AStoreThatDoesNotSayItsSchemaIsNotTouched) {
  Put(Family::kMeta, kSchemaKey, "one");
  EXPECT_THAT(Migrate(database_.get(), 3, Steps()), StatusIs(Code::kDataLoss));
  EXPECT_THAT(runs_, IsEmpty());
}

TEST_F(SchemaMigrationTest, ThisVersionHasAStepFromEverySchemaBeforeItsOwn) {
  ASSERT_EQ(SchemaSteps().size(), kSchemaVersion - 1);
  for (uint32_t i = 0; i < SchemaSteps().size(); ++i) EXPECT_EQ(SchemaSteps()[i].from, i + 1);
}

}  // namespace
}  // namespace bedside
