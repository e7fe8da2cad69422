// A disk that is full or fails at any write: what serves goes on serving, the step fails with the cause, and nothing
// that was acknowledged is lost. BEDSIDE_DISK_FAILURES says at how many writes it fails (40 by default, 1,000 in the
// long run); it is full at a twentieth as many, since each takes seconds.
#include <poll.h>

#include <algorithm>

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

using Fault = FaultFileSystem::Fault;

int Failures() { return NumberFromEnvironment("BEDSIDE_DISK_FAILURES", 40); }

class DiskFailureTest : public testing::Test {
 protected:
  void Open() {
    workload_.reset();
    store_.reset();
    auto store = EvidenceStore::Open(folder_ + "/store", Database::Access::kReadWrite, env_.get());
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
    auto workload = CorpusWorkload::Create(store_.get(), &history_, folder_ + "/sources", 20261128);
    ASSERT_THAT(workload, IsOk());
    workload_ = *std::move(workload);
  }

  void Steps(int count) {
    for (int i = 0; i < count; ++i) ASSERT_THAT(workload_->Step(), IsOk());
  }

  // RocksDB looks every five seconds whether there is room again.
  void StepOnceThereIsRoom() {
    absl::Status status = workload_->Step();
    for (int attempt = 0; attempt < 300 && absl::IsResourceExhausted(status); ++attempt) {
      ExpectAllIsThere();
      poll(nullptr, 0, 100);
      status = workload_->Step();
    }
    ASSERT_THAT(status, IsOk());
  }

  // Steps until the disk stops them.
  absl::Status FailAt(uint64_t write, Fault fault) {
    disk_->FailFrom(write, fault);
    absl::Status status;
    while (status.ok()) status = workload_->Step();
    return status;
  }

  void ExpectAllIsThere() {
    const auto found = ReadCorpus(*store_);
    ASSERT_THAT(found, IsOk());
    ASSERT_THAT(Settle(*found, &history_), IsOk());
  }

  const std::string folder_ = TempFolder();
  const std::shared_ptr<FaultFileSystem> disk_ = std::make_shared<FaultFileSystem>();
  const std::unique_ptr<rocksdb::Env> env_ = EnvironmentOn(disk_);
  CorpusHistory history_{WriteFile(folder_, "history", "")};
  std::unique_ptr<EvidenceStore> store_;
  std::unique_ptr<CorpusWorkload> workload_;
};

TEST_F(DiskFailureTest, AFullDiskFailsTheStepAndNothingElseAndNeedsNoRestart) {
  Open();
  Steps(10);
  for (int failure = 0; failure < std::max(1, Failures() / 20); ++failure) {
    const uint64_t write = static_cast<uint64_t>(failure) * 7;
    SCOPED_TRACE(absl::StrCat("full at write ", write));
    ASSERT_THAT(FailAt(write, Fault::kNoSpace), StatusIs(absl::StatusCode::kResourceExhausted));
    ExpectAllIsThere();
    disk_->Heal();
    // Not every step writes.
    for (int step = 0; step < 3; ++step) StepOnceThereIsRoom();
    ExpectAllIsThere();
  }
  Open();
  ExpectAllIsThere();
}

TEST_F(DiskFailureTest, ADiskThatFailsLosesNothingThatWasAcknowledged) {
  Open();
  Steps(10);
  for (int failure = 0; failure < Failures(); ++failure) {
    SCOPED_TRACE(absl::StrCat("failing at write ", failure));
    ASSERT_THAT(FailAt(static_cast<uint64_t>(failure), Fault::kIoError), StatusIs(absl::StatusCode::kInternal));
    ASSERT_THAT(ReadCorpus(*store_), IsOk()) << "reads go on";
    disk_->Heal();
    Open();
    ExpectAllIsThere();
  }
}

}  // namespace
}  // namespace bedside
