// Every call leaves one record in the audit log, whatever becomes of it, and nothing that the caller wrote.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/text_format.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/audit/audit_reader.h"
#include "services/rpc/call_record.h"
#include "tests/fakes/audited_calls.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using grpc::StatusCode;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Property;
using ::testing::SizeIs;
using ::testing::StartsWith;

using google::protobuf::MethodDescriptor;

constexpr char kQuestion[] = "When is metformin stopped when the eGFR falls?";
const char* const kServices[] = {"bedside.v1.EvidenceService",   "bedside.v1.AnswerService",
                                 "bedside.v1.FeedbackService",   "bedside.v1.CorpusService",
                                 "bedside.v1.IndexService",      "bedside.v1.StoreService",
                                 "google.longrunning.Operations"};

std::vector<const MethodDescriptor*> AllMethods() {
  std::vector<const MethodDescriptor*> methods;
  for (const char* name : kServices) {
    const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    for (int i = 0; i < service->method_count(); ++i) methods.push_back(service->method(i));
  }
  return methods;
}

class AuditTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    config_.mutable_audit()->set_folder(folder_);
    config_.mutable_audit()->set_anchor_file(folder_ + "-anchors");
  }

  // Calls that were recorded since this was asked last.
  std::vector<storage::AuditedCall> NewCalls() {
    const std::vector<storage::AuditedCall> calls = AuditedCalls(folder_);
    const auto first = calls.begin() + static_cast<std::ptrdiff_t>(seen_);
    seen_ = calls.size();
    return {first, calls.end()};
  }

  v1::AnswerResponse Ask(const std::string& request_id = "") {
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question(kQuestion);
    request.set_request_id(request_id);
    grpc::ClientContext context;
    v1::AnswerResponse response;
    EXPECT_TRUE(answers_->Answer(&context, request, &response).ok());
    return response;
  }

  grpc::Status Search(grpc::ClientContext* context) {
    v1::SearchResponse response;
    return evidence_->Search(context, Question(kQuestion), &response);
  }

  void Upsert() {
    v1::UpsertDocumentsRequest request;
    request.set_parent("corpora/default");
    request.set_file_name("new.md");
    request.set_content("---\nid: new\ntitle: New\nstatus: current\n---\n\n## New\n\n- Take it with water.\n");
    grpc::ClientContext context;
    v1::UpsertDocumentsResponse response;
    const grpc::Status status = corpora_->UpsertDocuments(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }

  std::string Hash(const std::string& text) { return AuditKey::Read(folder_ + "/audit.key")->HashOfText(text); }

  const std::string folder_ = TempFolder();
  size_t seen_ = 0;
};

// A method that is added without a record fails here.
TEST_F(AuditTest, EveryMethodLeavesOneRecordOfARequestThatIsWrong) {
  Start();
  for (const MethodDescriptor* method : AllMethods()) {
    NewCalls();
    // Field 1 as a string that is not UTF-8; an empty request is one for a method without fields that are wanted.
    const grpc::Status status = SendRaw(method->full_name(), "\x0a\x02\xc3\x28");
    const std::vector<storage::AuditedCall> calls = NewCalls();
    ASSERT_THAT(calls, SizeIs(1)) << method->full_name();
    EXPECT_EQ(calls[0].method(), method->full_name());
    EXPECT_EQ(calls[0].code(), static_cast<uint32_t>(status.error_code())) << method->full_name();
    EXPECT_EQ(calls[0].peer(), "127.0.0.1");
  }
}

TEST_F(AuditTest, EveryMethodIsKnownByItsRequest) {
  for (const MethodDescriptor* method : AllMethods()) {
    EXPECT_EQ(MethodOf(*method->input_type(), method->server_streaming()), method->full_name());
    EXPECT_FALSE(method->client_streaming());
  }
}

TEST_F(AuditTest, AnAnswerIsRecordedWithItsEvidenceAndWithoutTheQuestion) {
  Start();
  ImportAll();
  NewCalls();
  const v1::Answer answer = Ask("request of Smith").answer();
  const std::vector<storage::AuditedCall> calls = NewCalls();
  ASSERT_THAT(calls, SizeIs(1));
  const storage::AuditedCall& call = calls[0];
  EXPECT_EQ(call.method(), "bedside.v1.AnswerService.Answer");
  EXPECT_EQ(call.code(), 0);
  EXPECT_EQ(call.corpus(), "default");
  EXPECT_EQ(call.resource(), "corpora/default");
  EXPECT_EQ(call.result(), answer.name());
  EXPECT_EQ(call.generation(), answer.basis().view().generation());
  EXPECT_EQ(call.evidence_count(), answer.basis().evidence_size());
  ASSERT_EQ(call.evidence_size(), answer.basis().evidence_size());
  EXPECT_EQ(call.evidence(0), answer.basis().evidence(0).passage().name());
  EXPECT_EQ(call.query_hash(), Hash(kQuestion));
  EXPECT_EQ(call.request_id_hash(), Hash("request of Smith"));
  EXPECT_EQ(call.request_id(), "");
  EXPECT_EQ(call.abstained(), answer.has_abstention());
}

TEST_F(AuditTest, AnIdThatTheServerMadeIsThere) {
  Start();
  ImportAll();
  NewCalls();
  const std::string request_id = Ask().request_id();
  EXPECT_EQ(NewCalls().at(0).request_id(), request_id);
}

TEST_F(AuditTest, AStreamIsRecordedBeforeItsLastPart) {
  Start();
  ImportAll();
  NewCalls();
  v1::AnswerRequest request;
  request.set_parent("corpora/default");
  request.set_question(kQuestion);
  grpc::ClientContext context;
  auto reader = answers_->StreamAnswer(&context, request);
  v1::StreamAnswerResponse part;
  std::vector<storage::AuditedCall> calls;
  while (reader->Read(&part)) {
    if (part.has_complete()) calls = NewCalls();
  }
  EXPECT_TRUE(reader->Finish().ok());
  ASSERT_THAT(calls, SizeIs(1));
  EXPECT_EQ(calls[0].method(), "bedside.v1.AnswerService.StreamAnswer");
  EXPECT_EQ(calls[0].result(), part.complete().answer().name());
  EXPECT_GT(calls[0].evidence_count(), 0);
  EXPECT_THAT(NewCalls(), IsEmpty());
}

TEST_F(AuditTest, AbstentionsSayWhy) {
  Start();
  ImportAll();
  NewCalls();
  v1::AnswerRequest request;
  request.set_parent("corpora/default");
  request.set_question("Wann wird Metformin abgesetzt?");
  grpc::ClientContext context;
  v1::AnswerResponse response;
  ASSERT_TRUE(answers_->Answer(&context, request, &response).ok());
  ASSERT_TRUE(response.answer().has_abstention());
  const storage::AuditedCall call = NewCalls().at(0);
  EXPECT_TRUE(call.abstained());
  EXPECT_EQ(call.abstention_reason(), response.answer().abstention().reason());
}

TEST_F(AuditTest, WhatWasAskedForInVainIsThereAsAHashOnly) {
  Start();
  ImportAll();
  NewCalls();
  v1::GetDocumentRequest request;
  request.set_name("corpora/default/documents/smith-john");
  grpc::ClientContext context;
  v1::Document response;
  EXPECT_EQ(evidence_->GetDocument(&context, request, &response).error_code(), StatusCode::NOT_FOUND);
  const storage::AuditedCall call = NewCalls().at(0);
  EXPECT_FALSE(absl::StrContains(call.SerializeAsString(), "smith"));
  EXPECT_EQ(call.resource_hash(), Hash(request.name()));
  EXPECT_EQ(call.code(), static_cast<uint32_t>(StatusCode::NOT_FOUND));
}

TEST_F(AuditTest, ReadingADocumentNamesItAndTheGeneration) {
  Start();
  const std::string generation = ImportAll().generation();
  NewCalls();
  v1::GetDocumentRequest request;
  request.set_name("corpora/default/documents/metformin-renal");
  grpc::ClientContext context;
  v1::Document response;
  ASSERT_TRUE(evidence_->GetDocument(&context, request, &response).ok());
  const storage::AuditedCall call = NewCalls().at(0);
  EXPECT_THAT(call.evidence(), ElementsAre(request.name()));
  EXPECT_EQ(call.generation(), generation);
}

// The only worker is held; of two searches one waits in the queue, the other does not fit. The one that waits is
// cancelled there.
TEST_F(AuditTest, CallsThatAreRefusedForLoadOrCancelledAreRecordedOnce) {
  config_.set_workers(1);
  config_.set_max_queue(1);
  Start();
  ImportAll();
  NewCalls();
  embedder_->CloseGate();
  std::thread upsert([this] { Upsert(); });
  embedder_->AwaitArrival();
  grpc::ClientContext contexts[2];
  std::atomic<int> refused{0};
  const auto search = [&](int mine) {
    const StatusCode code = Search(&contexts[mine]).error_code();
    if (code != StatusCode::RESOURCE_EXHAUSTED) return;
    ++refused;
    contexts[1 - mine].TryCancel();
  };
  std::thread first(search, 0);
  std::thread second(search, 1);
  first.join();
  second.join();
  embedder_->OpenGate();
  upsert.join();
  Stop();
  EXPECT_EQ(refused, 1);
  std::map<uint32_t, int> searches;
  for (const storage::AuditedCall& call : NewCalls()) {
    if (absl::EndsWith(call.method(), ".Search")) ++searches[call.code()];
  }
  // Where the worker took it up before it knew, it was served.
  const auto code = [](StatusCode wanted) { return static_cast<uint32_t>(wanted); };
  EXPECT_EQ(searches[code(StatusCode::RESOURCE_EXHAUSTED)], 1);
  EXPECT_EQ(searches[code(StatusCode::CANCELLED)] + searches[code(StatusCode::OK)], 1);
}

TEST_F(AuditTest, CallsThatWaitedPastTheirDeadlineAreRecordedOnce) {
  config_.set_workers(1);
  Start();
  ImportAll();
  NewCalls();
  embedder_->CloseGate();
  std::thread upsert([this] { Upsert(); });
  embedder_->AwaitArrival();
  for (int i = 0; i < 5; ++i) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(300));
    EXPECT_EQ(Search(&context).error_code(), StatusCode::DEADLINE_EXCEEDED);
  }
  embedder_->OpenGate();
  upsert.join();
  Stop();
  int late = 0;
  for (const storage::AuditedCall& call : NewCalls()) {
    if (!absl::EndsWith(call.method(), ".Search")) continue;
    ++late;
    EXPECT_EQ(call.code(), static_cast<uint32_t>(StatusCode::DEADLINE_EXCEEDED));
  }
  // One that did not come to the server in time is none of its calls.
  EXPECT_GT(late, 0);
  EXPECT_LE(late, 5);
}

TEST_F(AuditTest, ManyClientsLeaveARecordForEachCall) {
  Start();
  ImportAll();
  NewCalls();
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([this] {
      for (int j = 0; j < 25; ++j) {
        grpc::ClientContext context;
        EXPECT_TRUE(Search(&context).ok());
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_THAT(NewCalls(), SizeIs(200));
}

// The log's file is moved away: as where its volume is gone.
class UnwritableAuditTest : public AuditTest {
 protected:
  void MoveLogAway() {
    const std::string file = absl::StrCat(folder_, "/", AuditFileName(1));
    std::filesystem::rename(file, file + ".away");
  }

  void MoveLogBack() {
    const std::string file = absl::StrCat(folder_, "/", AuditFileName(1));
    std::filesystem::rename(file + ".away", file);
  }

  static std::string ReasonOf(const grpc::Status& status) {
    google::rpc::Status details;
    google::rpc::ErrorInfo info;
    if (!details.ParseFromString(status.error_details())) return "";
    for (const auto& detail : details.details()) {
      if (detail.UnpackTo(&info)) return info.reason();
    }
    return "";
  }
};

TEST_F(UnwritableAuditTest, NothingIsAnsweredAndTheServerIsNotReadyUntilItCanBeWrittenAgain) {
  Start();
  ImportAll();
  MoveLogAway();
  for (int i = 0; i < 3; ++i) {
    grpc::ClientContext context;
    const grpc::Status refused = Search(&context);
    EXPECT_EQ(refused.error_code(), StatusCode::UNAVAILABLE);
    EXPECT_EQ(ReasonOf(refused), "AUDIT_UNAVAILABLE");
  }
  EXPECT_FALSE(assembly_->is_ready());
  MoveLogBack();
  // It is tried every second.
  for (;;) {
    grpc::ClientContext context;
    if (Search(&context).ok()) break;
  }
  EXPECT_TRUE(assembly_->is_ready());
  Stop();
  EXPECT_THAT(NewCalls(), Not(IsEmpty()));
}

TEST_F(UnwritableAuditTest, WhereTheConfigurationSaysSoCallsAreAnsweredUnrecorded) {
  config_.mutable_audit()->set_answer_unrecorded(true);
  Start();
  ImportAll();
  MoveLogAway();
  grpc::ClientContext context;
  EXPECT_TRUE(Search(&context).ok());
  EXPECT_TRUE(assembly_->is_ready());
  MoveLogBack();
}

TEST_F(AuditTest, WithoutAConfigurationNothingIsRecorded) {
  config_.clear_audit();
  Start();
  ImportAll();
  Ask();
  EXPECT_FALSE(std::filesystem::exists(folder_));
}

}  // namespace
}  // namespace bedside
