#include "services/rpc/call_recorder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "absl/synchronization/notification.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "proto/bedside/v1/evidence_service.pb.h"
#include "services/rpc/status_mapping.h"
#include "tests/fakes/audited_calls.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::SizeIs;

class CallRecorderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    // So that the file of the method is linked.
    v1::SearchRequest::descriptor();
    config_.set_folder(folder_);
    AuditWorld world;
    world.disk.write = [this](int file, uint64_t offset, absl::string_view bytes) {
      return full_ ? absl::ResourceExhaustedError("no space") : WriteAt(file, offset, bytes);
    };
    world.anchor = [](const std::string&) { return absl::OkStatus(); };
    world.retry = absl::Hours(1);
    auto log = AuditLog::Open(config_, world);
    ASSERT_THAT(log, IsOk());
    log_ = *std::move(log);
  }

  static absl::Status Record(const CallRecorder& recorder) {
    absl::Status told;
    absl::Notification done;
    recorder.Record(storage::AuditedCall(), [&](const absl::Status& status) {
      told = status;
      done.Notify();
    });
    done.WaitForNotification();
    return told;
  }

  std::vector<storage::AuditedCall> Calls() {
    log_.reset();
    return AuditedCalls(folder_);
  }

  const std::string folder_ = TempFolder();
  config::AuditConfig config_;
  std::atomic<bool> full_{false};
  std::unique_ptr<AuditLog> log_;
};

TEST_F(CallRecorderTest, RefusesWithAReasonWhereTheLogCannotBeWritten) {
  const CallRecorder recorder(log_.get(), /*answers_unrecorded=*/false);
  EXPECT_THAT(recorder.CheckWritable(), IsOk());
  full_ = true;
  const absl::Status refused = Record(recorder);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(recorder.CheckWritable(), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_FALSE(recorder.is_ready());
  const google::rpc::Status sent = ToRpcStatus(refused);
  ASSERT_EQ(sent.details_size(), 1) << "one reason, not the code's as well";
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(sent.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "AUDIT_UNAVAILABLE");
  EXPECT_EQ(info.domain(), "bedside");
}

TEST_F(CallRecorderTest, AnswersUnrecordedWhereThatIsSaid) {
  const CallRecorder recorder(log_.get(), /*answers_unrecorded=*/true);
  full_ = true;
  EXPECT_THAT(Record(recorder), IsOk());
  EXPECT_THAT(recorder.CheckWritable(), IsOk());
  EXPECT_TRUE(recorder.is_ready());
}

TEST_F(CallRecorderTest, ACallThatWasTurnedAwayIsRecordedAsDenied) {
  const CallRecorder recorder(log_.get(), /*answers_unrecorded=*/false);
  recorder.RecordTurnedAway(
      {"bedside.v1.EvidenceService/Search", "dr-a", "ipv4:10.0.0.7:1234", absl::StatusCode::kPermissionDenied});
  const std::vector<storage::AuditedCall> calls = Calls();
  ASSERT_THAT(calls, SizeIs(1));
  EXPECT_EQ(calls[0].method(), "bedside.v1.EvidenceService.Search");
  EXPECT_EQ(calls[0].subject(), "dr-a");
  EXPECT_EQ(calls[0].peer(), "10.0.0.7");
  EXPECT_EQ(calls[0].code(), 7);
  EXPECT_TRUE(calls[0].denied());
}

TEST_F(CallRecorderTest, AMethodThatThereIsNotIsTextOfACaller) {
  const CallRecorder recorder(log_.get(), /*answers_unrecorded=*/false);
  recorder.RecordTurnedAway({"patient.Smith/Find", "", "", absl::StatusCode::kUnauthenticated});
  EXPECT_EQ(Calls().at(0).method(), "unknown");
}

TEST(AddressOfPeerTest, HasNeitherPortNorKind) {
  EXPECT_EQ(AddressOfPeer("ipv4:10.1.2.3:4711"), "10.1.2.3");
  EXPECT_EQ(AddressOfPeer("ipv6:[::1]:4711"), "::1");
  EXPECT_EQ(AddressOfPeer("ipv6:%5Bfe80::1%25eth0%5D:4711"), "fe80::1%25eth0");
  EXPECT_EQ(AddressOfPeer("unix:/run/a"), "unix");
  EXPECT_EQ(AddressOfPeer("something else"), "");
  EXPECT_EQ(AddressOfPeer(""), "");
}

}  // namespace
}  // namespace bedside
