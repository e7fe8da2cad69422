#include "services/rpc/corpus_service_impl.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "index/status/status_macros.h"
#include "ingest/pipeline/import_order.h"
#include "ingest/pipeline/upsert_order.h"
#include "proto/bedside/config/config_check.h"
#include "services/resources/evidence_messages.h"
#include "services/resources/resource_name.h"
#include "services/resources/view_messages.h"
#include "services/rpc/caller_view.h"
#include "services/rpc/field_violations.h"
#include "services/rpc/import_sources.h"
#include "services/rpc/request_checks.h"

namespace bedside {
namespace {

constexpr int kMaxSources = 1000;
constexpr size_t kMaxReasonBytes = 500;
constexpr size_t kMaxFileNameBytes = 255;
// A request has at most 4 MiB.
constexpr size_t kMaxContentBytes = 3 << 20;

void CheckSourceSetField(const std::string& source_set, FieldViolations* violations) {
  if (source_set.empty() || CheckSourceSet(source_set).ok()) return;
  violations->Add("source_set", "wanted 1 to 63 of [a-z0-9-], or nothing");
}

absl::StatusOr<DocumentName> Check(const v1::SetDocumentStatusRequest& request) {
  FieldViolations violations;
  DocumentName name = violations.Parsed("name", ParseDocumentName(request.name()));
  if (request.status() == v1::DOCUMENT_STATUS_DELETED) {
    violations.Add("status", "DELETED is for DeleteDocument");
  } else if (request.status() == v1::DOCUMENT_STATUS_UNSPECIFIED || !v1::DocumentStatus_IsValid(request.status())) {
    violations.Add("status", "wanted one of the statuses of DocumentStatus");
  }
  violations.CheckLength("reason", request.reason(), kMaxReasonBytes);
  CheckRequestId(request.request_id(), &violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return name;
}

// Of a request that has a document's name, an id of its own, and nothing else.
template <typename Request>
absl::StatusOr<DocumentName> CheckDocumentRequest(const Request& request) {
  FieldViolations violations;
  DocumentName name = violations.Parsed("name", ParseDocumentName(request.name()));
  CheckRequestId(request.request_id(), &violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return name;
}

// The corpus.
absl::StatusOr<std::string> Check(const v1::ReindexRequest& request) {
  FieldViolations violations;
  std::string corpus = violations.Parsed("parent", ParseCorpusName(request.parent()));
  CheckRequestId(request.request_id(), &violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return corpus;
}

struct Adoption {
  std::string corpus;
  // Of the workshop, on this machine.
  std::string path;
};

absl::StatusOr<Adoption> Check(const v1::AdoptGenerationRequest& request, const std::string& root) {
  FieldViolations violations;
  const std::string corpus = violations.Parsed("parent", ParseCorpusName(request.parent()));
  const absl::StatusOr<std::string> path = ResolveImportSource(root, request.workshop());
  if (absl::IsFailedPrecondition(path.status())) {
    return absl::FailedPreconditionError("workshop_root in the server's configuration is not a folder");
  }
  if (!path.ok()) {
    violations.Add("workshop", "wanted a folder below the workshop root of the server, as a path from there");
  }
  CheckRequestId(request.request_id(), &violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return Adoption{corpus, *path};
}

struct CorpusImport {
  std::string corpus;
  ImportOrder order;
};

absl::StatusOr<CorpusImport> Check(const v1::ImportDocumentsRequest& request, const std::string& root) {
  FieldViolations violations;
  const std::string corpus = violations.Parsed("parent", ParseCorpusName(request.parent()));
  ImportOrder order = {{}, request.mode(), root, request.source_set(), request.skip_gate()};
  violations.CheckCount("sources", request.sources_size(), 1, kMaxSources);
  for (int i = 0; i < std::min(request.sources_size(), kMaxSources); ++i) {
    absl::StatusOr<std::string> source = ResolveImportSource(root, request.sources(i));
    if (absl::IsFailedPrecondition(source.status())) return source.status();
    order.sources.push_back(violations.Parsed(absl::StrCat("sources[", i, "]"), std::move(source)));
  }
  if (!v1::ReconciliationMode_IsValid(request.mode())) {
    violations.Add("mode", absl::StrCat("wanted one of the modes of ReconciliationMode, got ", request.mode()));
  }
  CheckSourceSetField(request.source_set(), &violations);
  CheckRequestId(request.request_id(), &violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return CorpusImport{corpus, std::move(order)};
}

struct CorpusUpsert {
  std::string corpus;
  UpsertOrder order;
};

absl::StatusOr<CorpusUpsert> Check(const v1::UpsertDocumentsRequest& request) {
  FieldViolations violations;
  const std::string corpus = violations.Parsed("parent", ParseCorpusName(request.parent()));
  violations.CheckLength("file_name", request.file_name(), kMaxFileNameBytes);
  if (request.file_name().empty()) violations.Add("file_name", "wanted a name, as \"asthma.md\"");
  if (request.content().empty() || request.content().size() > kMaxContentBytes) {
    violations.Add("content", absl::StrCat("wanted 1 to ", kMaxContentBytes, " bytes, got ", request.content().size(),
                                           ". Import larger files."));
  }
  CheckSourceSetField(request.source_set(), &violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return CorpusUpsert{corpus, {request.file_name(), request.content(), request.source_set()}};
}

// Records the notice. The engine finds a request_id that belongs to another change; here it gets its field.
absl::Status Apply(EvidenceEngine* engine, const std::string& corpus, const storage::StatusNotice& notice,
                   const std::string& request_id) {
  const absl::Status applied = engine->ApplyNotice(corpus, notice, request_id);
  if (!absl::IsInvalidArgument(applied)) return applied;
  FieldViolations violations;
  violations.Add("request_id", applied.message());
  return violations.ToStatus();
}

// What a repetition of `request` must equal.
template <typename Request>
JobRequest JobRequestOf(const std::string& corpus, const Request& request) {
  return {corpus, request.request_id(), absl::StrCat(request.GetTypeName(), " ", request.SerializeAsString())};
}

// Of no subject yet.
storage::StatusNotice NoticeOf(v1::DocumentStatus status, storage::StatusOrigin origin, const std::string& reason) {
  storage::StatusNotice notice;
  notice.set_status(status);
  notice.set_origin(origin);
  notice.set_reason(reason);
  const absl::CivilDay today = absl::ToCivilDay(absl::Now(), absl::UTCTimeZone());
  notice.mutable_date()->set_year(static_cast<int>(today.year()));
  notice.mutable_date()->set_month(today.month());
  notice.mutable_date()->set_day(today.day());
  return notice;
}

storage::StatusNotice DocumentNotice(const std::string& document, v1::DocumentStatus status,
                                     storage::StatusOrigin origin, const std::string& reason) {
  storage::StatusNotice notice = NoticeOf(status, origin, reason);
  notice.set_document_id(document);
  return notice;
}

storage::StatusNotice SourceSetNotice(const std::string& source_set, v1::DocumentStatus status,
                                      const std::string& reason) {
  storage::StatusNotice notice = NoticeOf(status, storage::STATUS_ORIGIN_OPERATOR, reason);
  notice.set_source_set(source_set);
  return notice;
}

absl::StatusOr<SourceSetName> Check(const v1::WithdrawSourceSetRequest& request) {
  FieldViolations violations;
  SourceSetName name = violations.Parsed("name", ParseSourceSetName(request.name()));
  violations.CheckLength("reason", request.reason(), kMaxReasonBytes);
  CheckRequestId(request.request_id(), &violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return name;
}

absl::StatusOr<SourceSetName> Check(const v1::ReinstateSourceSetRequest& request) {
  FieldViolations violations;
  SourceSetName name = violations.Parsed("name", ParseSourceSetName(request.name()));
  CheckRequestId(request.request_id(), &violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return name;
}

// Whether the generation has the document, deleted or not, and the caller may know.
bool IsStored(const EvidenceView& view, const std::string& document) {
  const absl::optional<size_t> index = view.generation().documents().Find(document);
  return index.has_value() && !view.hides(*index);
}

absl::StatusOr<v1::SourceSet> FindSourceSet(const EvidenceEngine& engine, const SourceSetName& name,
                                            const CallContext& call) {
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, ViewFor(engine, name.corpus, call));
  for (const SourceSetState& state : view->source_sets()) {
    if (state.name == name.source_set) return SourceSetMessage(name.corpus, state);
  }
  return absl::NotFoundError(absl::StrCat("corpus ", name.corpus, " has nothing of a source set ", name.source_set,
                                          ". ListSourceSets has them all."));
}

}  // namespace

grpc::ServerUnaryReactor* CorpusServiceImpl::ImportDocuments(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* request,
                                                             grpc::ByteBuffer* response) {
  return RunUnary<v1::ImportDocumentsRequest, Operation>(
      queue_, context, request, response,
      [this](const v1::ImportDocumentsRequest& request, const CallContext&) { return ImportDocuments(request); });
}

grpc::ServerUnaryReactor* CorpusServiceImpl::UpsertDocuments(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* request,
                                                             grpc::ByteBuffer* response) {
  return RunUnary<v1::UpsertDocumentsRequest, v1::UpsertDocumentsResponse>(
      queue_, context, request, response,
      [this](const v1::UpsertDocumentsRequest& request, const CallContext&) { return UpsertDocuments(request); });
}

grpc::ServerUnaryReactor* CorpusServiceImpl::Reindex(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return RunUnary<v1::ReindexRequest, Operation>(
      queue_, context, request, response,
      [this](const v1::ReindexRequest& request, const CallContext&) { return Reindex(request); });
}

grpc::ServerUnaryReactor* CorpusServiceImpl::AdoptGeneration(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* request,
                                                             grpc::ByteBuffer* response) {
  return RunUnary<v1::AdoptGenerationRequest, Operation>(
      queue_, context, request, response,
      [this](const v1::AdoptGenerationRequest& request, const CallContext&) { return AdoptGeneration(request); });
}

grpc::ServerUnaryReactor* CorpusServiceImpl::DeleteDocument(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* request,
                                                            grpc::ByteBuffer* response) {
  return RunUnary<v1::DeleteDocumentRequest, google::protobuf::Empty>(
      queue_, context, request, response, [this](const v1::DeleteDocumentRequest& request, const CallContext& call) {
        return DeleteDocument(request, call);
      });
}

grpc::ServerUnaryReactor* CorpusServiceImpl::PurgeDocument(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* request,
                                                           grpc::ByteBuffer* response) {
  return RunUnary<v1::PurgeDocumentRequest, Operation>(
      queue_, context, request, response, [this](const v1::PurgeDocumentRequest& request, const CallContext& call) {
        return PurgeDocument(request, call);
      });
}

grpc::ServerUnaryReactor* CorpusServiceImpl::ListSourceSets(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* request,
                                                            grpc::ByteBuffer* response) {
  return RunUnary<v1::ListSourceSetsRequest, v1::ListSourceSetsResponse>(
      queue_, context, request, response, [this](const v1::ListSourceSetsRequest& request, const CallContext& call) {
        return ListSourceSets(request, call);
      });
}

grpc::ServerUnaryReactor* CorpusServiceImpl::WithdrawSourceSet(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* request,
                                                               grpc::ByteBuffer* response) {
  return RunUnary<v1::WithdrawSourceSetRequest, v1::SourceSet>(
      queue_, context, request, response, [this](const v1::WithdrawSourceSetRequest& request, const CallContext& call) {
        return WithdrawSourceSet(request, call);
      });
}

grpc::ServerUnaryReactor* CorpusServiceImpl::ReinstateSourceSet(grpc::CallbackServerContext* context,
                                                                const grpc::ByteBuffer* request,
                                                                grpc::ByteBuffer* response) {
  return RunUnary<v1::ReinstateSourceSetRequest, v1::SourceSet>(
      queue_, context, request, response,
      [this](const v1::ReinstateSourceSetRequest& request, const CallContext& call) {
        return ReinstateSourceSet(request, call);
      });
}

grpc::ServerUnaryReactor* CorpusServiceImpl::SetDocumentStatus(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* request,
                                                               grpc::ByteBuffer* response) {
  return RunUnary<v1::SetDocumentStatusRequest, v1::Document>(
      queue_, context, request, response, [this](const v1::SetDocumentStatusRequest& request, const CallContext& call) {
        return SetDocumentStatus(request, call);
      });
}

absl::StatusOr<google::longrunning::Operation> CorpusServiceImpl::ImportDocuments(
    const v1::ImportDocumentsRequest& request) {
  RETURN_IF_ERROR(engine_->CheckWritable());
  if (roots_.sources.empty()) {
    return absl::FailedPreconditionError(
        "imports through the server are off: set import_root in its configuration, or run bedside_ingest");
  }
  ASSIGN_OR_RETURN(const CorpusImport import, Check(request, roots_.sources));
  return StartJob(JobRequestOf(import.corpus, request), [this, import](const IngestObserver& observer) {
    return pipeline_->Import(import.corpus, import.order, observer);
  });
}

absl::StatusOr<v1::UpsertDocumentsResponse> CorpusServiceImpl::UpsertDocuments(
    const v1::UpsertDocumentsRequest& request) {
  RETURN_IF_ERROR(engine_->CheckWritable());
  ASSIGN_OR_RETURN(const CorpusUpsert upsert, Check(request));
  ASSIGN_OR_RETURN(const UpsertReport report, pipeline_->Upsert(upsert.corpus, upsert.order));
  v1::UpsertDocumentsResponse response;
  for (const UpsertedVersion& upserted : report.documents) {
    v1::UpsertedDocument& document = *response.add_documents();
    document.set_name(DocumentNameOf(upsert.corpus, upserted.id));
    document.set_outcome(upserted.outcome);
  }
  for (const v1::JobProblem& problem : report.problems) *response.add_problems() = problem;
  // A file without a document makes no corpus.
  if (response.documents().empty() && absl::IsNotFound(engine_->View(upsert.corpus).status())) return response;
  RETURN_IF_ERROR(engine_->Refresh(upsert.corpus));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, engine_->View(upsert.corpus));
  *response.mutable_view() = ViewMessage(*view);
  MergeWhereWorthIt(upsert.corpus, *view);
  return response;
}

void CorpusServiceImpl::MergeWhereWorthIt(const std::string& corpus, const EvidenceView& view) {
  if (!IngestPipeline::IsWorthMerging(view.generation().manifest())) return;
  // Another job leaves it to the upserts that come.
  StartJob({corpus, "", "merge"}, [this, corpus](const IngestObserver& observer) -> absl::StatusOr<v1::JobReport> {
    RETURN_IF_ERROR(pipeline_->Merge(corpus, observer));
    return v1::JobReport();
  }).IgnoreError();
}

absl::StatusOr<google::longrunning::Operation> CorpusServiceImpl::Reindex(const v1::ReindexRequest& request) {
  RETURN_IF_ERROR(engine_->CheckWritable());
  ASSIGN_OR_RETURN(const std::string corpus, Check(request));
  RETURN_IF_ERROR(engine_->Generations(corpus).status());
  return StartJob(JobRequestOf(corpus, request),
                  [this, corpus, skip_gate = request.skip_gate()](const IngestObserver& observer) {
                    return pipeline_->Reindex(corpus, observer, skip_gate);
                  });
}

absl::StatusOr<google::longrunning::Operation> CorpusServiceImpl::AdoptGeneration(
    const v1::AdoptGenerationRequest& request) {
  RETURN_IF_ERROR(engine_->CheckWritable());
  if (roots_.workshops.empty()) {
    return absl::FailedPreconditionError(
        "generations that other processes build are not adopted: set workshop_root in the server's configuration");
  }
  ASSIGN_OR_RETURN(const Adoption adoption, Check(request, roots_.workshops));
  return StartJob(JobRequestOf(adoption.corpus, request),
                  [this, adoption, skip_gate = request.skip_gate()](const IngestObserver& observer) {
                    return pipeline_->Adopt(adoption.corpus, adoption.path, observer, skip_gate);
                  });
}

absl::StatusOr<google::longrunning::Operation> CorpusServiceImpl::StartJob(
    const JobRequest& request, std::function<absl::StatusOr<v1::JobReport>(const IngestObserver&)> work) {
  return operations_->Start(
      request,
      [this, corpus = request.corpus, work = std::move(work)](const JobContext& job) -> absl::StatusOr<v1::JobReport> {
        ASSIGN_OR_RETURN(v1::JobReport report, work({job.report_progress, job.is_cancelled}));
        RETURN_IF_ERROR(engine_->Refresh(corpus));
        return report;
      });
}

absl::StatusOr<google::protobuf::Empty> CorpusServiceImpl::DeleteDocument(const v1::DeleteDocumentRequest& request,
                                                                          const CallContext& call) {
  ASSIGN_OR_RETURN(const DocumentName name, CheckDocumentRequest(request));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, ViewFor(*engine_, name.corpus, call));
  // A repeated request finds its document deleted already, by itself.
  const bool may_be_repeated = !request.request_id().empty() && IsStored(*view, name.document);
  if (!may_be_repeated) RETURN_IF_ERROR(FindShownDocument(*view, name.document).status());
  RETURN_IF_ERROR(Apply(engine_, name.corpus,
                        DocumentNotice(name.document, v1::DOCUMENT_STATUS_DELETED, storage::STATUS_ORIGIN_DELETION, ""),
                        request.request_id()));
  return google::protobuf::Empty();
}

absl::StatusOr<google::longrunning::Operation> CorpusServiceImpl::PurgeDocument(const v1::PurgeDocumentRequest& request,
                                                                                const CallContext& call) {
  RETURN_IF_ERROR(engine_->CheckWritable());
  ASSIGN_OR_RETURN(const DocumentName name, CheckDocumentRequest(request));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, ViewFor(*engine_, name.corpus, call));
  // Of what is stored and not in the generation it is not known whom it is for.
  if (view->hides_anything() && !IsStored(*view, name.document))
    return FindShownDocument(*view, name.document).status();
  RETURN_IF_ERROR(pipeline_->CheckStored(name.corpus, name.document));
  return StartJob(JobRequestOf(name.corpus, request),
                  [this, name](const IngestObserver& observer) { return Purge(name, observer); });
}

absl::StatusOr<v1::JobReport> CorpusServiceImpl::Purge(const DocumentName& name, const IngestObserver& observer) {
  // First: nobody finds it from now on, and nobody brings it back.
  RETURN_IF_ERROR(engine_->ApplyNotice(
      name.corpus, DocumentNotice(name.document, v1::DOCUMENT_STATUS_DELETED, storage::STATUS_ORIGIN_DELETION, ""),
      ""));
  const auto serve = [&]() -> absl::Status { return engine_->Refresh(name.corpus); };
  const auto record = [&] { answers_->Flush(); };
  RETURN_IF_ERROR(pipeline_->Purge(name.corpus, name.document, {serve, record}, observer));
  v1::JobReport report;
  ASSIGN_OR_RETURN(const std::string generation, engine_->ActiveGeneration(name.corpus));
  report.set_generation(GenerationNameOf(name.corpus, generation));
  return report;
}

absl::StatusOr<v1::Document> CorpusServiceImpl::SetDocumentStatus(const v1::SetDocumentStatusRequest& request,
                                                                  const CallContext& call) {
  ASSIGN_OR_RETURN(const DocumentName name, Check(request));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> before, ViewFor(*engine_, name.corpus, call));
  RETURN_IF_ERROR(FindShownDocument(*before, name.document).status());
  RETURN_IF_ERROR(
      Apply(engine_, name.corpus,
            DocumentNotice(name.document, request.status(), storage::STATUS_ORIGIN_OPERATOR, request.reason()),
            request.request_id()));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> after, ViewFor(*engine_, name.corpus, call));
  ASSIGN_OR_RETURN(const size_t index, FindShownDocument(*after, name.document));
  ASSIGN_OR_RETURN(const std::shared_ptr<const storage::Document> document, engine_->ReadDocument(*after, index));
  return DocumentMessage(name.corpus, *document, StandingOf(*after, index));
}

absl::StatusOr<v1::ListSourceSetsResponse> CorpusServiceImpl::ListSourceSets(const v1::ListSourceSetsRequest& request,
                                                                             const CallContext& call) {
  ASSIGN_OR_RETURN(const std::string corpus, InField("parent", ParseCorpusName(request.parent())));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, ViewFor(*engine_, corpus, call));
  v1::ListSourceSetsResponse response;
  for (const SourceSetState& state : view->source_sets()) *response.add_source_sets() = SourceSetMessage(corpus, state);
  return response;
}

absl::StatusOr<v1::SourceSet> CorpusServiceImpl::WithdrawSourceSet(const v1::WithdrawSourceSetRequest& request,
                                                                   const CallContext& call) {
  ASSIGN_OR_RETURN(const SourceSetName name, Check(request));
  RETURN_IF_ERROR(FindSourceSet(*engine_, name, call).status());
  RETURN_IF_ERROR(Apply(engine_, name.corpus,
                        SourceSetNotice(name.source_set, v1::DOCUMENT_STATUS_WITHDRAWN, request.reason()),
                        request.request_id()));
  return FindSourceSet(*engine_, name, call);
}

absl::StatusOr<v1::SourceSet> CorpusServiceImpl::ReinstateSourceSet(const v1::ReinstateSourceSetRequest& request,
                                                                    const CallContext& call) {
  ASSIGN_OR_RETURN(const SourceSetName name, Check(request));
  ASSIGN_OR_RETURN(v1::SourceSet before, FindSourceSet(*engine_, name, call));
  RETURN_IF_ERROR(Apply(engine_, name.corpus, SourceSetNotice(name.source_set, v1::DOCUMENT_STATUS_CURRENT, ""),
                        request.request_id()));
  absl::StatusOr<v1::SourceSet> after = FindSourceSet(*engine_, name, call);
  if (!absl::IsNotFound(after.status())) return after;
  // The corpus has no document of it: only its withdrawal was known.
  before.set_withdrawn(false);
  before.clear_reason();
  before.clear_withdrawal_date();
  return before;
}

}  // namespace bedside
