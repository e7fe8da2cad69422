#include "services/rpc/answer_service_impl.h"

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "index/status/status_macros.h"
#include "services/fhir/fhir_reader.h"
#include "services/resources/resource_name.h"
#include "services/rpc/field_violations.h"
#include "services/rpc/request_checks.h"
#include "services/rpc/stream_call.h"

namespace bedside {
namespace {

constexpr int32_t kMaxEvidence = 50;
constexpr size_t kMaxCheckedBytes = 16384;
constexpr size_t kMaxTitleBytes = 1024;

// The patient of `request`, by its facts and its record.
PatientSummary PatientOf(const v1::AnswerRequest& request, absl::Time now, FieldViolations* violations) {
  CheckPatient("patient", request.patient(), violations);
  switch (request.record_case()) {
    case v1::AnswerRequest::kPatientContext:
      CheckPatientContext(request.patient_context(), violations);
      return Summarise(request.patient(), {request.patient_context(), {}, {}});
    case v1::AnswerRequest::kFhir:
      return Summarise(request.patient(), violations->Parsed("fhir", ReadFhir(request.fhir(), now)));
    case v1::AnswerRequest::kCdsHooksPrefetch:
      return Summarise(request.patient(),
                       violations->Parsed("cds_hooks_prefetch", ReadPrefetch(request.cds_hooks_prefetch(), now)));
    case v1::AnswerRequest::RECORD_NOT_SET:
      return Summarise(request.patient());
  }
  return Summarise(request.patient());
}

absl::StatusOr<EvidenceQuestion> QuestionOf(const v1::AnswerRequest& request) {
  FieldViolations violations;
  EvidenceQuestion question;
  question.corpus = violations.Parsed("parent", ParseCorpusName(request.parent()));
  violations.CheckText("question", request.question(), kMaxQuestionBytes);
  violations.CheckRange("max_evidence", request.max_evidence(), 0, kMaxEvidence);
  CheckRequestId(request.request_id(), &violations);
  CheckFilter(request.filter(), &violations);
  CheckPatientIdentifiers(request.patient_identifiers(), &violations);
  question.now = absl::Now();
  question.patient = PatientOf(request, question.now, &violations);
  RETURN_IF_ERROR(violations.ToStatus());
  question.question = request.question();
  question.filter = request.filter();
  question.patient_identifiers.assign(request.patient_identifiers().begin(), request.patient_identifiers().end());
  question.limit = static_cast<size_t>(request.max_evidence());
  return question;
}

PassageToCheck PassageOf(const std::string& field, const v1::GroundingPassage& passage, FieldViolations* violations) {
  PassageToCheck read;
  switch (passage.source_case()) {
    case v1::GroundingPassage::kName:
      read.name = violations->Parsed(field + ".name", ParsePassageName(passage.name()));
      break;
    case v1::GroundingPassage::kText:
      violations->CheckText(field + ".text", passage.text(), kMaxCheckedBytes);
      read.text = passage.text();
      break;
    case v1::GroundingPassage::SOURCE_NOT_SET:
      violations->Add(field, "wanted a name or a text, got neither");
      break;
  }
  violations->CheckLength(field + ".title", passage.title(), kMaxTitleBytes);
  read.title = passage.title();
  return read;
}

absl::StatusOr<v1::CheckGroundingResponse> Check(const PassageCheck& check, const v1::CheckGroundingRequest& request,
                                                 const CallContext& call) {
  FieldViolations violations;
  violations.CheckText("text", request.text(), kMaxCheckedBytes);
  violations.CheckCount("passages", request.passages_size(), 1, kMaxEvidence);
  std::vector<PassageToCheck> passages;
  for (int i = 0; i < request.passages_size() && i < kMaxEvidence; ++i) {
    passages.push_back(PassageOf(absl::StrCat("passages[", i, "]"), request.passages(i), &violations));
  }
  RETURN_IF_ERROR(violations.ToStatus());
  // Names that are not there fail the call, and are not recorded then.
  for (const v1::GroundingPassage& passage : request.passages()) {
    if (passage.has_name()) NoteEvidence(passage.name(), &call.record->call());
  }
  return check.Check(request.text(), passages, call.principal.access_labels(), call.until);
}

// Unique in this process; the time sets processes apart.
std::string NewRequestId() {
  static std::atomic<uint64_t> count{0};
  return absl::StrCat(absl::Hex(absl::ToUnixMicros(absl::Now())), "-", count.fetch_add(1));
}

// `record`: of the call; it has what was sent before that is sent.
AnswerObserver PartsTo(ResponseStream* stream, CallRecord* record) {
  AnswerObserver observer;
  observer.on_evidence = [stream, record](const v1::Basis& basis) {
    NoteBasis(basis, &record->call());
    record->NoteSent();
    v1::StreamAnswerResponse part;
    *part.mutable_evidence() = basis;
    stream->Send(part);
  };
  observer.on_sentence = [stream](const v1::AnswerSentence& sentence) {
    v1::StreamAnswerResponse part;
    *part.mutable_sentence() = sentence;
    stream->Send(part);
  };
  return observer;
}

absl::Status NotRecordedHere() {
  return absl::FailedPreconditionError(
      "this server follows a store and records no answers: its own have no names. Ask the server that writes "
      "the store.");
}

}  // namespace

absl::StatusOr<v1::AnswerResponse> AnswerServiceImpl::Run(const v1::AnswerRequest& request, const CallContext& call,
                                                          const AnswerObserver& observer) const {
  ASSIGN_OR_RETURN(EvidenceQuestion question, QuestionOf(request));
  question.until = call.until;
  question.labels = call.principal.access_labels();
  const std::string corpus = question.corpus;
  v1::AnswerResponse response;
  ASSIGN_OR_RETURN(*response.mutable_answer(), engine_->Answer(std::move(question), observer));
  if (log_ != nullptr) log_->Record(corpus, response.mutable_answer(), call.principal.access_labels());
  if (metrics_ != nullptr) metrics_->CountAnswer(response.answer());
  response.set_request_id(request.request_id().empty() ? NewRequestId() : request.request_id());
  return response;
}

absl::Status AnswerServiceImpl::StreamParts(const v1::AnswerRequest& request, const CallContext& call,
                                            ResponseStream* stream) const {
  v1::StreamAnswerResponse last;
  ASSIGN_OR_RETURN(*last.mutable_complete(), Run(request, call, PartsTo(stream, call.record)));
  NoteResponse(last.complete(), &call.record->call());
  stream->SendLast(last);
  return absl::OkStatus();
}

absl::StatusOr<v1::ReplayAnswerResponse> AnswerServiceImpl::Replay(const std::string& name,
                                                                   const CallContext& call) const {
  ASSIGN_OR_RETURN(const AnswerName parts, InField("name", ParseAnswerName(name)));
  if (log_ == nullptr) return NotRecordedHere();
  ASSIGN_OR_RETURN(const storage::AnswerRecord record, log_->Find(parts.corpus, parts.answer));
  return replay_->Replay(record, call.principal.access_labels());
}

grpc::ServerUnaryReactor* AnswerServiceImpl::Answer(grpc::CallbackServerContext* context,
                                                    const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return RunUnary<v1::AnswerRequest, v1::AnswerResponse>(
      queue_, context, request, response,
      [this](const v1::AnswerRequest& request, const CallContext& call) { return Run(request, call, {}); });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* AnswerServiceImpl::StreamAnswer(grpc::CallbackServerContext* context,
                                                                            const grpc::ByteBuffer* request) {
  return RunStream<v1::AnswerRequest>(queue_, context, request,
                                      [this](const v1::AnswerRequest& request, const CallContext& call,
                                             ResponseStream* stream) { return StreamParts(request, call, stream); });
}

grpc::ServerUnaryReactor* AnswerServiceImpl::CheckGrounding(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* request,
                                                            grpc::ByteBuffer* response) {
  return RunUnary<v1::CheckGroundingRequest, v1::CheckGroundingResponse>(
      queue_, context, request, response, [this](const v1::CheckGroundingRequest& request, const CallContext& call) {
        return Check(*check_, request, call);
      });
}

grpc::ServerUnaryReactor* AnswerServiceImpl::GetAnswer(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return RunUnary<v1::GetAnswerRequest, v1::Answer>(
      queue_, context, request, response,
      [this](const v1::GetAnswerRequest& request, const CallContext& call) -> absl::StatusOr<v1::Answer> {
        ASSIGN_OR_RETURN(v1::ReplayAnswerResponse replayed, Replay(request.name(), call));
        return std::move(*replayed.mutable_answer());
      });
}

grpc::ServerUnaryReactor* AnswerServiceImpl::ReplayAnswer(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return RunUnary<v1::ReplayAnswerRequest, v1::ReplayAnswerResponse>(
      queue_, context, request, response,
      [this](const v1::ReplayAnswerRequest& request, const CallContext& call) { return Replay(request.name(), call); });
}

}  // namespace bedside
