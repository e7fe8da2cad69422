// A Bedside server in this process, on a free loopback port, that answers with what a test put into it and keeps what
// it was asked.
#ifndef BEDSIDE_TESTS_TOOLS_BEDSIDE_FAKE_SERVER_H_
#define BEDSIDE_TESTS_TOOLS_BEDSIDE_FAKE_SERVER_H_

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/longrunning/operations_proto.grpc.pb.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "proto/bedside/v1/corpus_service.grpc.pb.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "proto/bedside/v1/feedback_service.grpc.pb.h"
#include "proto/bedside/v1/index_service.grpc.pb.h"
#include "proto/bedside/v1/store_service.grpc.pb.h"

namespace bedside {

class FakeServer : public v1::AnswerService::Service,
                   public v1::FeedbackService::Service,
                   public v1::EvidenceService::Service,
                   public v1::IndexService::Service,
                   public v1::CorpusService::Service,
                   public v1::StoreService::Service,
                   public google::longrunning::Operations::Service {
 public:
  FakeServer() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(static_cast<v1::AnswerService::Service*>(this));
    builder.RegisterService(static_cast<v1::FeedbackService::Service*>(this));
    builder.RegisterService(static_cast<v1::EvidenceService::Service*>(this));
    builder.RegisterService(static_cast<v1::IndexService::Service*>(this));
    builder.RegisterService(static_cast<v1::CorpusService::Service*>(this));
    builder.RegisterService(static_cast<v1::StoreService::Service*>(this));
    builder.RegisterService(static_cast<google::longrunning::Operations::Service*>(this));
    server_ = builder.BuildAndStart();
  }

  std::string address() const { return absl::StrCat("127.0.0.1:", port_); }

  // What every call answers unless it is OK.
  grpc::Status status;

  v1::AnswerRequest answer_request;
  v1::AnswerResponse answer_response;
  v1::CheckGroundingRequest check_request;
  v1::CheckGroundingResponse check_response;
  v1::GetAnswerRequest recorded_request;
  v1::Answer recorded;
  v1::ReplayAnswerRequest replay_request;
  v1::ReplayAnswerResponse replay_response;
  v1::SubmitFeedbackRequest submit_request;
  v1::Feedback submitted;
  v1::ListFeedbackRequest feedback_request;
  v1::ListFeedbackResponse feedback_response;
  v1::ExportFeedbackRequest export_request;
  std::vector<v1::ExportFeedbackResponse> exported;
  v1::SearchRequest search_request;
  v1::SearchResponse search_response;
  v1::GetDocumentRequest document_request;
  v1::Document document;
  v1::GetPassageRequest passage_request;
  v1::Passage passage;
  v1::GetIndexRequest index_request;
  v1::Index index;
  // What GetIndex answers unless it is OK.
  grpc::Status index_status;
  v1::ListGenerationsResponse generations;
  v1::ListGenerationsRequest generations_request;
  v1::CompareGenerationsRequest compare_request;
  v1::CompareGenerationsResponse comparison;
  v1::ActivateGenerationRequest activate_request;
  v1::Generation activated;
  v1::RetireGenerationRequest retire_request;
  v1::ImportDocumentsRequest import_request;
  v1::UpsertDocumentsRequest upsert_request;
  v1::UpsertDocumentsResponse upserted;
  v1::PurgeDocumentRequest purge_request;
  v1::ListSourceSetsRequest sources_request;
  v1::ListSourceSetsResponse sources;
  v1::WithdrawSourceSetRequest withdraw_request;
  v1::ReinstateSourceSetRequest reinstate_request;
  v1::SourceSet source_set;
  v1::CreateBackupRequest backup_request;
  v1::Backup backup;
  // The first is what ImportDocuments returns, the others are what GetOperation finds; after the last, `no_operation`.
  std::deque<google::longrunning::Operation> operations;
  grpc::Status no_operation{grpc::StatusCode::NOT_FOUND, "no such operation"};

 private:
  template <typename Request, typename Response>
  grpc::Status Reply(const Request& request, const Response& canned, Request* kept, Response* response) {
    *kept = request;
    *response = canned;
    return status;
  }

  grpc::Status NextOperation(google::longrunning::Operation* operation) {
    if (operations.empty()) return no_operation;
    *operation = operations.front();
    operations.pop_front();
    return status;
  }

  grpc::Status Answer(grpc::ServerContext*, const v1::AnswerRequest* request, v1::AnswerResponse* response) override {
    return Reply(*request, answer_response, &answer_request, response);
  }
  grpc::Status CheckGrounding(grpc::ServerContext*, const v1::CheckGroundingRequest* request,
                              v1::CheckGroundingResponse* response) override {
    return Reply(*request, check_response, &check_request, response);
  }
  grpc::Status GetAnswer(grpc::ServerContext*, const v1::GetAnswerRequest* request, v1::Answer* response) override {
    return Reply(*request, recorded, &recorded_request, response);
  }
  grpc::Status ReplayAnswer(grpc::ServerContext*, const v1::ReplayAnswerRequest* request,
                            v1::ReplayAnswerResponse* response) override {
    return Reply(*request, replay_response, &replay_request, response);
  }
  grpc::Status SubmitFeedback(grpc::ServerContext*, const v1::SubmitFeedbackRequest* request,
                              v1::Feedback* response) override {
    return Reply(*request, submitted, &submit_request, response);
  }
  grpc::Status ListFeedback(grpc::ServerContext*, const v1::ListFeedbackRequest* request,
                            v1::ListFeedbackResponse* response) override {
    return Reply(*request, feedback_response, &feedback_request, response);
  }
  grpc::Status ExportFeedback(grpc::ServerContext*, const v1::ExportFeedbackRequest* request,
                              grpc::ServerWriter<v1::ExportFeedbackResponse>* writer) override {
    export_request = *request;
    for (const v1::ExportFeedbackResponse& part : exported) writer->Write(part);
    return status;
  }
  grpc::Status Search(grpc::ServerContext*, const v1::SearchRequest* request, v1::SearchResponse* response) override {
    return Reply(*request, search_response, &search_request, response);
  }
  grpc::Status GetDocument(grpc::ServerContext*, const v1::GetDocumentRequest* request,
                           v1::Document* response) override {
    return Reply(*request, document, &document_request, response);
  }
  grpc::Status GetPassage(grpc::ServerContext*, const v1::GetPassageRequest* request, v1::Passage* response) override {
    return Reply(*request, passage, &passage_request, response);
  }
  grpc::Status GetIndex(grpc::ServerContext*, const v1::GetIndexRequest* request, v1::Index* response) override {
    if (!index_status.ok()) return index_status;
    return Reply(*request, index, &index_request, response);
  }
  grpc::Status ListGenerations(grpc::ServerContext*, const v1::ListGenerationsRequest* request,
                               v1::ListGenerationsResponse* response) override {
    generations_request = *request;
    *response = generations;
    return status;
  }
  grpc::Status CompareGenerations(grpc::ServerContext*, const v1::CompareGenerationsRequest* request,
                                  v1::CompareGenerationsResponse* response) override {
    compare_request = *request;
    *response = comparison;
    return status;
  }
  grpc::Status ActivateGeneration(grpc::ServerContext*, const v1::ActivateGenerationRequest* request,
                                  v1::Generation* response) override {
    activate_request = *request;
    *response = activated;
    return status;
  }
  grpc::Status RetireGeneration(grpc::ServerContext*, const v1::RetireGenerationRequest* request,
                                google::protobuf::Empty*) override {
    retire_request = *request;
    return status;
  }
  grpc::Status ImportDocuments(grpc::ServerContext*, const v1::ImportDocumentsRequest* request,
                               google::longrunning::Operation* response) override {
    import_request = *request;
    return NextOperation(response);
  }
  grpc::Status UpsertDocuments(grpc::ServerContext*, const v1::UpsertDocumentsRequest* request,
                               v1::UpsertDocumentsResponse* response) override {
    return Reply(*request, upserted, &upsert_request, response);
  }
  grpc::Status PurgeDocument(grpc::ServerContext*, const v1::PurgeDocumentRequest* request,
                             google::longrunning::Operation* response) override {
    purge_request = *request;
    if (!status.ok()) return status;
    return NextOperation(response);
  }
  grpc::Status ListSourceSets(grpc::ServerContext*, const v1::ListSourceSetsRequest* request,
                              v1::ListSourceSetsResponse* response) override {
    return Reply(*request, sources, &sources_request, response);
  }
  grpc::Status WithdrawSourceSet(grpc::ServerContext*, const v1::WithdrawSourceSetRequest* request,
                                 v1::SourceSet* response) override {
    return Reply(*request, source_set, &withdraw_request, response);
  }
  grpc::Status ReinstateSourceSet(grpc::ServerContext*, const v1::ReinstateSourceSetRequest* request,
                                  v1::SourceSet* response) override {
    return Reply(*request, source_set, &reinstate_request, response);
  }
  grpc::Status CreateBackup(grpc::ServerContext*, const v1::CreateBackupRequest* request,
                            v1::Backup* response) override {
    return Reply(*request, backup, &backup_request, response);
  }
  grpc::Status GetOperation(grpc::ServerContext*, const google::longrunning::GetOperationRequest*,
                            google::longrunning::Operation* response) override {
    return NextOperation(response);
  }

  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_TOOLS_BEDSIDE_FAKE_SERVER_H_
