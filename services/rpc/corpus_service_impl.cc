#include "services/rpc/corpus_service_impl.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "index/status/status_macros.h"
#include "services/resources/evidence_messages.h"
#include "services/resources/resource_name.h"
#include "services/resources/view_messages.h"
#include "services/rpc/field_violations.h"
#include "services/rpc/import_sources.h"
#include "services/rpc/request_checks.h"

namespace bedside {
namespace {

constexpr int kMaxSources = 1000;
constexpr size_t kMaxReasonBytes = 500;

absl::Status Check(const v1::SetDocumentStatusRequest& request) {
  FieldViolations violations;
  violations.CheckParse("name", ParseDocumentName(request.name()).status());
  if (request.status() == v1::DOCUMENT_STATUS_DELETED) {
    violations.Add("status", "DELETED is for DeleteDocument");
  } else if (request.status() == v1::DOCUMENT_STATUS_UNSPECIFIED || !v1::DocumentStatus_IsValid(request.status())) {
    violations.Add("status", "wanted one of the statuses of DocumentStatus");
  }
  violations.CheckRange("reason (bytes)", static_cast<int64_t>(request.reason().size()), 0, kMaxReasonBytes);
  CheckRequestId(request.request_id(), &violations);
  return violations.ToStatus();
}

// The sources of the request as paths of this machine.
absl::StatusOr<std::vector<std::string>> Check(const v1::ImportDocumentsRequest& request, const std::string& root) {
  FieldViolations violations;
  violations.CheckParse("parent", ParseCorpusName(request.parent()).status());
  violations.CheckRange("sources (count)", request.sources_size(), 1, kMaxSources);
  CheckRequestId(request.request_id(), &violations);
  std::vector<std::string> sources;
  for (int i = 0; i < request.sources_size(); ++i) {
    absl::StatusOr<std::string> source = ResolveImportSource(root, request.sources(i));
    violations.CheckParse(absl::StrCat("sources[", i, "]"), source.status());
    if (source.ok()) sources.push_back(*std::move(source));
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return sources;
}

storage::StatusNotice NoticeOf(const std::string& document, v1::DocumentStatus status, storage::StatusOrigin origin,
                               const std::string& reason) {
  storage::StatusNotice notice;
  notice.set_document_id(document);
  notice.set_status(status);
  notice.set_origin(origin);
  notice.set_reason(reason);
  const absl::CivilDay today = absl::ToCivilDay(absl::Now(), absl::UTCTimeZone());
  notice.mutable_date()->set_year(static_cast<int>(today.year()));
  notice.mutable_date()->set_month(today.month());
  notice.mutable_date()->set_day(today.day());
  return notice;
}

IngestObserver ObserverOf(const JobContext& job) { return {job.report_progress, job.is_cancelled}; }

}  // namespace

grpc::ServerUnaryReactor* CorpusServiceImpl::ImportDocuments(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* request,
                                                             grpc::ByteBuffer* response) {
  return RunUnary<v1::ImportDocumentsRequest, Operation>(
      queue_, context, request, response,
      [this](const v1::ImportDocumentsRequest& request, const CallContext&) { return ImportDocuments(request); });
}

grpc::ServerUnaryReactor* CorpusServiceImpl::Reindex(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return RunUnary<v1::ReindexRequest, Operation>(
      queue_, context, request, response,
      [this](const v1::ReindexRequest& request, const CallContext&) { return Reindex(request); });
}

grpc::ServerUnaryReactor* CorpusServiceImpl::DeleteDocument(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* request,
                                                            grpc::ByteBuffer* response) {
  return RunUnary<v1::DeleteDocumentRequest, google::protobuf::Empty>(
      queue_, context, request, response,
      [this](const v1::DeleteDocumentRequest& request, const CallContext&) { return DeleteDocument(request); });
}

grpc::ServerUnaryReactor* CorpusServiceImpl::SetDocumentStatus(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* request,
                                                               grpc::ByteBuffer* response) {
  return RunUnary<v1::SetDocumentStatusRequest, v1::Document>(
      queue_, context, request, response,
      [this](const v1::SetDocumentStatusRequest& request, const CallContext&) { return SetDocumentStatus(request); });
}

absl::StatusOr<google::longrunning::Operation> CorpusServiceImpl::ImportDocuments(
    const v1::ImportDocumentsRequest& request) {
  if (import_root_.empty()) {
    return absl::FailedPreconditionError(
        "imports through the server are off: set import_root in its configuration, or run bedside_ingest");
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> sources, Check(request, import_root_));
  ASSIGN_OR_RETURN(const std::string corpus, ParseCorpusName(request.parent()));
  const v1::ReconciliationMode mode = request.mode();
  return operations_->Start(corpus, request.request_id(),
                            [this, corpus, sources, mode](const JobContext& job) -> absl::StatusOr<v1::JobReport> {
                              ASSIGN_OR_RETURN(v1::JobReport report,
                                               pipeline_->Import(corpus, sources, mode, ObserverOf(job)));
                              RETURN_IF_ERROR(engine_->Refresh(corpus));
                              return report;
                            });
}

absl::StatusOr<google::longrunning::Operation> CorpusServiceImpl::Reindex(const v1::ReindexRequest& request) {
  ASSIGN_OR_RETURN(const std::string corpus, ParseCorpusName(request.parent()));
  return operations_->Start(corpus, request.request_id(),
                            [this, corpus](const JobContext& job) -> absl::StatusOr<v1::JobReport> {
                              ASSIGN_OR_RETURN(v1::JobReport report, pipeline_->Reindex(corpus, ObserverOf(job)));
                              RETURN_IF_ERROR(engine_->Refresh(corpus));
                              return report;
                            });
}

absl::StatusOr<google::protobuf::Empty> CorpusServiceImpl::DeleteDocument(const v1::DeleteDocumentRequest& request) {
  FieldViolations violations;
  violations.CheckParse("name", ParseDocumentName(request.name()).status());
  CheckRequestId(request.request_id(), &violations);
  RETURN_IF_ERROR(violations.ToStatus());
  ASSIGN_OR_RETURN(const DocumentName name, ParseDocumentName(request.name()));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, engine_->View(name.corpus));
  // A repeated request finds its document deleted already, by itself.
  const bool may_be_repeated = !request.request_id().empty() && view->generation().FindDocument(name.document);
  if (!may_be_repeated) RETURN_IF_ERROR(FindShownDocument(*view, name.document).status());
  RETURN_IF_ERROR(engine_->ApplyNotice(
      name.corpus, NoticeOf(name.document, v1::DOCUMENT_STATUS_DELETED, storage::STATUS_ORIGIN_DELETION, ""),
      request.request_id()));
  return google::protobuf::Empty();
}

absl::StatusOr<v1::Document> CorpusServiceImpl::SetDocumentStatus(const v1::SetDocumentStatusRequest& request) {
  RETURN_IF_ERROR(Check(request));
  ASSIGN_OR_RETURN(const DocumentName name, ParseDocumentName(request.name()));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> before, engine_->View(name.corpus));
  RETURN_IF_ERROR(FindShownDocument(*before, name.document).status());
  RETURN_IF_ERROR(engine_->ApplyNotice(
      name.corpus, NoticeOf(name.document, request.status(), storage::STATUS_ORIGIN_OPERATOR, request.reason()),
      request.request_id()));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> after, engine_->View(name.corpus));
  ASSIGN_OR_RETURN(const size_t index, FindShownDocument(*after, name.document));
  ASSIGN_OR_RETURN(const std::shared_ptr<const storage::Document> document, engine_->ReadDocument(*after, index));
  return DocumentMessage(name.corpus, *document, StandingOf(*after, index));
}

}  // namespace bedside
