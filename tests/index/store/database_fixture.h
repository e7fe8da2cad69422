// A database in a temporary folder.
#ifndef BEDSIDE_TESTS_INDEX_STORE_DATABASE_FIXTURE_H_
#define BEDSIDE_TESTS_INDEX_STORE_DATABASE_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "index/store/database.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {

class DatabaseFixture : public ::testing::Test {
 protected:
  void SetUp() override { Reopen(); }

  // As another process would, after this one ended.
  void Reopen(Database::Access access = Database::Access::kReadWrite) {
    database_.reset();
    auto database = Database::Open(path_, access);
    ASSERT_THAT(database, IsOk());
    database_ = *std::move(database);
  }

  void Write(const WriteBatch& batch) { ASSERT_THAT(database_->Write(batch, Database::Durability::kSynced), IsOk()); }

  // Puts one value where a store of the room keeps its own.
  void Put(Family family, absl::string_view key, absl::string_view value) {
    WriteBatch batch;
    batch.Put(family, key, value);
    Write(batch);
  }

  const std::string path_ = TempFolder();
  std::unique_ptr<Database> database_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_STORE_DATABASE_FIXTURE_H_
