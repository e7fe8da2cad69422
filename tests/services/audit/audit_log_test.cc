#include "services/audit/audit_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "services/audit/audit_anchor.h"
#include "services/audit/audit_reader.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/services/audit/audit_scene.h"

namespace bedside {
namespace {

using storage::AUDIT_EVENT_KIND_RESUMED;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class AuditLogTest : public ::testing::Test {
 protected:
  AuditLogTest() {
    config_.set_folder(folder_);
    world_.disk.write = [this](int file, uint64_t offset, absl::string_view bytes) {
      return full_ ? absl::ResourceExhaustedError("no space") : WriteAt(file, offset, bytes);
    };
    world_.disk.sync = [this](int file) {
      ++syncs_;
      return SyncData(file);
    };
    world_.anchor = [this](const std::string& line) {
      absl::MutexLock lock(&mutex_);
      anchors_.push_back(line);
      return absl::OkStatus();
    };
    // It is tried again with a record only, unless a test says otherwise.
    world_.retry = absl::Hours(1);
  }

  void Open() {
    auto log = AuditLog::Open(config_, world_);
    ASSERT_THAT(log, IsOk());
    log_ = *std::move(log);
  }

  absl::Status Append(const std::string& method = "m") {
    storage::AuditedCall call;
    call.set_method(method);
    absl::Status told;
    absl::Notification done;
    log_->Append(call, [&](const absl::Status& status) {
      told = status;
      done.Notify();
    });
    done.WaitForNotification();
    return told;
  }

  AuditKey Key() const { return *AuditKey::Read(folder_ + "/audit.key"); }

  // What each record is: the method of a call, or the kind of an event.
  std::vector<std::string> Records() {
    std::vector<std::string> records;
    EXPECT_THAT(ReadAuditLog(folder_, Key(), {},
                             [&](const storage::AuditRecord& record) {
                               last_ = record;
                               records.push_back(record.has_call()
                                                     ? record.call().method()
                                                     : storage::AuditEventKind_Name(record.event().kind()).substr(16));
                             }),
                IsOk());
    return records;
  }

  std::vector<std::string> Anchors() {
    absl::MutexLock lock(&mutex_);
    return anchors_;
  }

  const std::string folder_ = TempFolder();
  config::AuditConfig config_;
  AuditWorld world_;
  std::atomic<bool> full_{false};
  std::atomic<int> syncs_{0};
  absl::Mutex mutex_;
  std::vector<std::string> anchors_;
  std::unique_ptr<AuditLog> log_;
  storage::AuditRecord last_;
};

TEST_F(AuditLogTest, ARecordIsOnDiskWhenItsCallerIsTold) {
  Open();
  EXPECT_THAT(Append("one"), IsOk());
  EXPECT_THAT(Records(), ElementsAre("_STARTED", "one"));
  EXPECT_THAT(Append("two"), IsOk());
  log_.reset();
  EXPECT_THAT(Records(), ElementsAre("_STARTED", "one", "two", "_ENDED"));
}

TEST_F(AuditLogTest, AServerThatStartsAgainGoesOnBehindTheLastRecord) {
  Open();
  EXPECT_THAT(Append("one"), IsOk());
  log_.reset();
  Open();
  EXPECT_THAT(Append("two"), IsOk());
  EXPECT_THAT(Records(), ElementsAre("_STARTED", "one", "_ENDED", "_STARTED", "two"));
}

TEST_F(AuditLogTest, WhatWasCutIsSaidInARecord) {
  Open();
  log_.reset();
  const std::string path = FilesOfLog(folder_)[0];
  PutFile(path, BytesOfFile(path) + "torn");
  Open();
  EXPECT_THAT(Records(), ElementsAre("_STARTED", "_ENDED", "_STARTED", "_CUT"));
  EXPECT_EQ(last_.event().cut_bytes(), 4);
}

// While a group is synced, what comes makes the next one.
TEST_F(AuditLogTest, CallsThatComeTogetherShareASync) {
  absl::Notification first_syncs;
  absl::Notification go_on;
  std::atomic<bool> hold{false};
  world_.disk.sync = [&](int file) {
    if (hold.exchange(false)) {
      first_syncs.Notify();
      go_on.WaitForNotification();
    }
    ++syncs_;
    return SyncData(file);
  };
  Open();
  const int before = syncs_;
  hold = true;
  absl::BlockingCounter told(101);
  const auto append = [&] {
    log_->Append(storage::AuditedCall(), [&](const absl::Status& status) {
      EXPECT_THAT(status, IsOk());
      told.DecrementCount();
    });
  };
  append();
  first_syncs.WaitForNotification();
  for (int i = 0; i < 100; ++i) append();
  go_on.Notify();
  told.Wait();
  EXPECT_EQ(syncs_ - before, 2);
  EXPECT_THAT(Records(), SizeIs(102));
}

TEST_F(AuditLogTest, ManyThreadsLeaveARecordEach) {
  Open();
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this] {
      for (int j = 0; j < 50; ++j) EXPECT_THAT(Append(), IsOk());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(Records(), SizeIs(401));
}

TEST_F(AuditLogTest, OnAFullDiskEveryCallerIsToldAndItGoesOnWithoutARestart) {
  Open();
  full_ = true;
  EXPECT_THAT(Append("lost"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_FALSE(log_->status().ok());
  log_->CountUnrecorded();
  EXPECT_THAT(Append("lost too"), StatusIs(absl::StatusCode::kUnavailable));
  full_ = false;
  EXPECT_THAT(Append("kept"), IsOk());
  EXPECT_THAT(log_->status(), IsOk());
  EXPECT_THAT(Records(), ElementsAre("_STARTED", "_RESUMED", "kept"));
  std::vector<uint64_t> unrecorded;
  EXPECT_THAT(ReadAuditLog(folder_, Key(), {},
                           [&](const storage::AuditRecord& record) {
                             if (record.event().kind() == AUDIT_EVENT_KIND_RESUMED) {
                               unrecorded.push_back(record.event().unrecorded_calls());
                             }
                           }),
              IsOk());
  EXPECT_THAT(unrecorded, ElementsAre(3));
}

TEST_F(AuditLogTest, ItTriesByItselfWhereCallsAreRefused) {
  world_.retry = absl::Milliseconds(1);
  absl::Notification written_again;
  std::atomic<bool> was_full{false};
  world_.disk.write = [&](int file, uint64_t offset, absl::string_view bytes) {
    if (full_) {
      was_full = true;
      return absl::ResourceExhaustedError("no space");
    }
    const absl::Status written = WriteAt(file, offset, bytes);
    if (was_full.exchange(false)) written_again.Notify();
    return written;
  };
  Open();
  full_ = true;
  EXPECT_THAT(Append(), StatusIs(absl::StatusCode::kUnavailable));
  full_ = false;
  written_again.WaitForNotification();
  log_.reset();
  EXPECT_THAT(Records(), ElementsAre("_STARTED", "_RESUMED", "_ENDED"));
}

TEST_F(AuditLogTest, AnchorsLeaveAtTheStartAndAtTheEnd) {
  Open();
  EXPECT_THAT(Append(), IsOk());
  log_.reset();
  ASSERT_THAT(Anchors(), SizeIs(2));
  EXPECT_EQ((*ParseAnchorLine(Anchors()[0], Key()))->at.sequence, 1);
  EXPECT_EQ((*ParseAnchorLine(Anchors()[1], Key()))->at.sequence, 3);
}

TEST_F(AuditLogTest, AnAnchorLeavesWhenItsTimeHasCome) {
  absl::Notification anchored;
  config_.set_anchor_seconds(1);
  std::atomic<int64_t> seconds{1'800'000'000};
  world_.now = [&] { return absl::FromUnixSeconds(seconds); };
  world_.anchor = [&](const std::string& line) {
    if ((*ParseAnchorLine(line, Key()))->at.sequence == 2 && !anchored.HasBeenNotified()) anchored.Notify();
    return absl::OkStatus();
  };
  Open();
  seconds += 1;
  EXPECT_THAT(Append(), IsOk());
  anchored.WaitForNotification();
}

TEST_F(AuditLogTest, AnchorsOfAFileAreReadBackAndVerified) {
  world_.anchor = nullptr;
  config_.set_anchor_file(folder_ + "-anchors");
  Open();
  EXPECT_THAT(Append(), IsOk());
  log_.reset();
  AuditReadOptions options;
  options.anchors = *ReadAnchors(config_.anchor_file(), Key());
  ASSERT_THAT(*options.anchors, SizeIs(2));
  const auto summary = ReadAuditLog(folder_, Key(), options, nullptr);
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->anchors, 2);
  EXPECT_TRUE(summary->closed);
}

TEST_F(AuditLogTest, ALogThatHasLostWhatWasAnchoredDoesNotOpen) {
  world_.anchor = nullptr;
  config_.set_anchor_file(folder_ + "-anchors");
  Open();
  const std::string path = FilesOfLog(folder_)[0];
  const std::string one = BytesOfFile(path);
  EXPECT_THAT(Append(), IsOk());
  log_.reset();
  PutFile(path, one);
  EXPECT_THAT(AuditLog::Open(config_, world_),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("is at record 3, the log ends at 1")));
}

TEST_F(AuditLogTest, AnAnchorThatCannotLeaveIsTriedAgain) {
  std::atomic<int> tries{0};
  world_.anchor = [&](const std::string&) {
    ++tries;
    return absl::UnavailableError("the volume is away");
  };
  Open();
  log_.reset();
  EXPECT_THAT(tries, Ge(2));
}

TEST_F(AuditLogTest, NamesThatDoNotFitAreLeftOutOfTheRecord) {
  Open();
  storage::AuditedCall call;
  call.set_method("long");
  call.set_resource(std::string(kMaxAuditRecordBytes, 'x'));
  absl::Notification done;
  log_->Append(call, [&](const absl::Status& status) {
    EXPECT_THAT(status, IsOk());
    done.Notify();
  });
  done.WaitForNotification();
  EXPECT_THAT(Records(), ElementsAre("_STARTED", "long"));
}

}  // namespace
}  // namespace bedside
