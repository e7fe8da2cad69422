// A disk that loses power keeps what was synced: all that was acknowledged but answers, which are written without
// waiting for the disk. BEDSIDE_POWER_LOSSES says how often power is lost (30 by default, 1,000 in the long run).
#include <unistd.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/durability/corpus_workload.h"
#include "tests/durability/fault_file_system.h"
#include "tests/fakes/environment_number.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::IsSubsetOf;

int Losses() { return NumberFromEnvironment("BEDSIDE_POWER_LOSSES", 30); }

class PowerLossTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<EvidenceStore>> Open() {
    return EvidenceStore::Open(folder_ + "/store", Database::Access::kReadWrite, env_.get());
  }

  // Steps until the disk, which fails from some write on, stops them: the state at the moment when power goes.
  absl::Status StepUntilStopped(CorpusHistory* history) {
    disk_->FailFrom(random_() % 240, FaultFileSystem::Fault::kIoError);
    auto store = Open();
    if (!store.ok()) return store.status();
    const auto workload = CorpusWorkload::Create(store->get(), history, folder_ + "/sources", random_());
    if (!workload.ok()) return workload.status();
    absl::Status status;
    while (status.ok()) status = (*workload)->Step();
    return status;
  }

  const std::string folder_ = TempFolder();
  const std::shared_ptr<FaultFileSystem> disk_ = std::make_shared<FaultFileSystem>();
  const std::unique_ptr<rocksdb::Env> env_ = EnvironmentOn(disk_);
  std::mt19937_64 random_{20261127};
};

TEST_F(PowerLossTest, WhatWasSyncedIsThere) {
  const std::string history_file = WriteFile(folder_, "history", "");
  int steps = 0;
  for (int loss = 0; loss < Losses(); ++loss) {
    SCOPED_TRACE(absl::StrCat("loss ", loss));
    CorpusHistory history(history_file);
    ASSERT_FALSE(StepUntilStopped(&history).ok());
    disk_->Heal();
    disk_->LosePower(&random_);
    auto store = Open();
    ASSERT_THAT(store, IsOk());
    auto found = ReadCorpus(**store);
    ASSERT_THAT(found, IsOk());
    const bool answers = history.in_doubt().has_value() && history.in_doubt()->kind == HistoryStep::Kind::kAnswer;
    std::set<std::string> allowed = history.state().answers;
    if (answers) allowed.insert(history.in_doubt()->name);
    EXPECT_THAT(found->answers, IsSubsetOf(allowed)) << "answers that were never recorded";
    found->answers = history.state().answers;
    ASSERT_THAT(Settle(*found, &history), IsOk());
    steps = history.acknowledged();
  }
  std::cout << Losses() << " losses, " << steps << " steps acknowledged\n";
  EXPECT_GT(steps, Losses());
}

}  // namespace
}  // namespace bedside
