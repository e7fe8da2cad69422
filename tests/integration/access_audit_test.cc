// Who calls stands in the audit log, of those who were turned away at the door too.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "proto/bedside/v1/store_service.grpc.pb.h"
#include "tests/fakes/audited_calls.h"
#include "tests/fakes/temp_folder.h"
#include "tests/integration/access_fixture.h"

namespace bedside {
namespace {

using grpc::StatusCode;
using ::testing::ElementsAre;
using ::testing::FieldsAre;

class AccessAuditTest : public AccessFixture {
 protected:
  void SetUp() override {
    AccessFixture::SetUp();
    config_.mutable_audit()->set_folder(folder_);
    config_.mutable_audit()->set_anchor_file(folder_ + "-anchors");
    Start();
  }

  // `authorization`: empty: none.
  StatusCode Search(const std::string& authorization) {
    grpc::ClientContext context;
    if (!authorization.empty()) context.AddMetadata("authorization", authorization);
    v1::SearchResponse response;
    return evidence_->Search(&context, Question("When is metformin stopped?"), &response).error_code();
  }

  StatusCode BackUp(const std::string& authorization) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", authorization);
    v1::Backup response;
    return v1::StoreService::NewStub(channel_)->CreateBackup(&context, {}, &response).error_code();
  }

  struct Recorded {
    std::string method;
    std::string subject;
    uint32_t code;
    bool denied;
  };

  std::vector<Recorded> Records() const {
    std::vector<Recorded> records;
    for (const storage::AuditedCall& call : AuditedCalls(folder_)) {
      records.push_back({call.method(), call.subject(), call.code(), call.denied()});
    }
    return records;
  }

  const std::string folder_ = TempFolder();
};

TEST_F(AccessAuditTest, EachCallLeavesOneRecordOfWhoMadeIt) {
  const std::string subject = Claims("reader")["sub"];
  EXPECT_EQ(Search(""), StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(Search("Bearer nonsense"), StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(BackUp(Bearer(Claims("reader"))), StatusCode::PERMISSION_DENIED);
  // Nothing was imported; it came through the door.
  const StatusCode admitted = Search(Bearer(Claims("reader")));
  EXPECT_THAT(
      Records(),
      ElementsAre(FieldsAre("bedside.v1.EvidenceService.Search", "", StatusCode::UNAUTHENTICATED, true),
                  FieldsAre("bedside.v1.EvidenceService.Search", "", StatusCode::UNAUTHENTICATED, true),
                  FieldsAre("bedside.v1.StoreService.CreateBackup", subject, StatusCode::PERMISSION_DENIED, true),
                  FieldsAre("bedside.v1.EvidenceService.Search", subject, admitted, false)));
}

TEST_F(AccessAuditTest, ACorpusThatWasNotGrantedIsDenied) {
  EXPECT_EQ(Search(Bearer(Claims("reader", {"another"}))), StatusCode::NOT_FOUND);
  EXPECT_THAT(Records(), ElementsAre(FieldsAre("bedside.v1.EvidenceService.Search", "a-reader", StatusCode::NOT_FOUND,
                                               /*denied=*/true)));
}

}  // namespace
}  // namespace bedside
