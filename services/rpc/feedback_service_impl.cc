#include "services/rpc/feedback_service_impl.h"

#include <re2/re2.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "services/record/answer_visibility.h"
#include "services/rpc/field_violations.h"
#include "services/rpc/page_token.h"
#include "services/rpc/stream_call.h"

namespace bedside {
namespace {

constexpr size_t kDefaultPageSize = 100;
constexpr int kMaxReasons = 16;

void CheckFeedbackId(const std::string& id, FieldViolations* violations) {
  static const RE2& pattern = *new RE2("[a-z0-9-]{1,63}");
  if (!RE2::FullMatch(id, pattern)) violations->Add("feedback_id", "wanted 1 to 63 of a-z, 0-9 and -");
}

void CheckReasons(const google::protobuf::RepeatedField<int>& reasons, FieldViolations* violations) {
  violations->CheckCount("reasons", reasons.size(), 0, kMaxReasons);
  for (int i = 0; i < std::min(reasons.size(), kMaxReasons); ++i) {
    if (reasons[i] != v1::FEEDBACK_REASON_UNSPECIFIED && v1::FeedbackReason_IsValid(reasons[i])) continue;
    violations->Add(absl::StrCat("reasons[", i, "]"),
                    absl::StrCat("wanted one of the reasons of FeedbackReason, got ", reasons[i]));
  }
}

absl::StatusOr<AnswerName> Check(const v1::SubmitFeedbackRequest& request) {
  FieldViolations violations;
  AnswerName name = violations.Parsed("parent", ParseAnswerName(request.parent()));
  CheckFeedbackId(request.feedback_id(), &violations);
  if (request.verdict() == v1::FEEDBACK_VERDICT_UNSPECIFIED || !v1::FeedbackVerdict_IsValid(request.verdict())) {
    violations.Add("verdict", absl::StrCat("wanted one of the verdicts of FeedbackVerdict, got ", request.verdict()));
  }
  CheckReasons(request.reasons(), &violations);
  violations.CheckRange("sentence_number", request.sentence_number(), 0, 1000);
  RETURN_IF_ERROR(violations.ToStatus());
  return name;
}

absl::Status CheckSentence(const v1::Answer& answer, int number) {
  FieldViolations violations;
  violations.CheckRange("sentence_number", number, 0, answer.text().sentences_size());
  return violations.ToStatus();
}

// A corpus, or an answer of it.
absl::StatusOr<AnswerName> ParseParent(const std::string& parent) {
  if (absl::StrContains(parent, "/answers/")) return ParseAnswerName(parent);
  ASSIGN_OR_RETURN(std::string corpus, ParseCorpusName(parent));
  return AnswerName{std::move(corpus), ""};
}

absl::StatusOr<AnswerName> Check(const v1::ListFeedbackRequest& request) {
  FieldViolations violations;
  AnswerName name = violations.Parsed("parent", ParseParent(request.parent()));
  violations.CheckRange("page_size", request.page_size(), 0, kMaxPageSize);
  RETURN_IF_ERROR(violations.ToStatus());
  return name;
}

PageScope ScopeOf(const v1::ListFeedbackRequest& request, const std::vector<v1::Feedback>& all) {
  std::string names;
  for (const v1::Feedback& feedback : all) absl::StrAppend(&names, feedback.name(), "\n");
  return {absl::StrCat("ListFeedback ", request.parent()), Sha256(names)};
}

// An id that has other content is the field's problem.
absl::Status InFeedbackId(const absl::Status& status) {
  if (!absl::IsInvalidArgument(status)) return status;
  FieldViolations violations;
  violations.Add("feedback_id", status.message());
  return violations.ToStatus();
}

}  // namespace

grpc::ServerUnaryReactor* FeedbackServiceImpl::SubmitFeedback(grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer* request,
                                                              grpc::ByteBuffer* response) {
  return RunUnary<v1::SubmitFeedbackRequest, v1::Feedback>(
      queue_, context, request, response, [this](const v1::SubmitFeedbackRequest& request, const CallContext& call) {
        return SubmitFeedback(request, call);
      });
}

grpc::ServerUnaryReactor* FeedbackServiceImpl::ListFeedback(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* request,
                                                            grpc::ByteBuffer* response) {
  return RunUnary<v1::ListFeedbackRequest, v1::ListFeedbackResponse>(
      queue_, context, request, response,
      [this](const v1::ListFeedbackRequest& request, const CallContext& call) { return ListFeedback(request, call); });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* FeedbackServiceImpl::ExportFeedback(grpc::CallbackServerContext* context,
                                                                                const grpc::ByteBuffer* request) {
  return RunStream<v1::ExportFeedbackRequest>(
      queue_, context, request,
      [this](const v1::ExportFeedbackRequest& request, const CallContext& call, ResponseStream* stream) {
        return ExportFeedback(request, call, stream);
      });
}

absl::Status FeedbackServiceImpl::CheckRecords() const {
  return book_ == nullptr ? engine_->CheckWritable() : absl::OkStatus();
}

absl::StatusOr<v1::Feedback> FeedbackServiceImpl::SubmitFeedback(const v1::SubmitFeedbackRequest& request,
                                                                 const CallContext& call) const {
  RETURN_IF_ERROR(CheckRecords());
  ASSIGN_OR_RETURN(const AnswerName name, Check(request));
  ASSIGN_OR_RETURN(const storage::AnswerRecord record, Find(name, call));
  RETURN_IF_ERROR(CheckSentence(record.answer(), request.sentence_number()));
  absl::StatusOr<v1::Feedback> submitted = book_->Submit(name, request);
  if (!submitted.ok()) return InFeedbackId(submitted.status());
  return submitted;
}

absl::StatusOr<v1::ListFeedbackResponse> FeedbackServiceImpl::ListFeedback(const v1::ListFeedbackRequest& request,
                                                                           const CallContext& call) const {
  RETURN_IF_ERROR(CheckRecords());
  ASSIGN_OR_RETURN(const AnswerName name, Check(request));
  RETURN_IF_ERROR(name.answer.empty() ? CheckCorpusExists(name.corpus) : Find(name, call).status());
  std::vector<v1::Feedback> all;
  RETURN_IF_ERROR(book_->List(name, [&all](const v1::Feedback& feedback) {
    all.push_back(feedback);
    return true;
  }));
  const PageScope scope = ScopeOf(request, all);
  ASSIGN_OR_RETURN(const uint64_t offset, DecodePageToken(request.page_token(), scope));
  const size_t begin = std::min<size_t>(offset, all.size());
  const size_t end = std::min(begin + PageSize(request.page_size(), kDefaultPageSize, kMaxPageSize), all.size());
  v1::ListFeedbackResponse response;
  for (size_t i = begin; i < end; ++i) *response.add_feedback() = std::move(all[i]);
  if (end < all.size()) response.set_next_page_token(EncodePageToken(end, scope));
  return response;
}

absl::Status FeedbackServiceImpl::ExportFeedback(const v1::ExportFeedbackRequest& request, const CallContext& call,
                                                 ResponseStream* stream) const {
  RETURN_IF_ERROR(CheckRecords());
  ASSIGN_OR_RETURN(const std::string corpus, InField("parent", ParseCorpusName(request.parent())));
  RETURN_IF_ERROR(CheckCorpusExists(corpus));
  absl::Status wanted;
  RETURN_IF_ERROR(book_->Export(corpus, [&](const v1::ExportFeedbackResponse& part) {
    wanted = call.until.Check("to export more");
    if (!wanted.ok()) return false;
    NoteEvidence(part.feedback().name(), &call.record->call());
    call.record->NoteSent();
    stream->Send(part);
    return true;
  }));
  return wanted;
}

absl::StatusOr<storage::AnswerRecord> FeedbackServiceImpl::Find(const AnswerName& name, const CallContext& call) const {
  ASSIGN_OR_RETURN(storage::AnswerRecord record, log_->Find(name.corpus, name.answer));
  RETURN_IF_ERROR(CheckVisible(*engine_, record, call.principal.access_labels()));
  return record;
}

absl::Status FeedbackServiceImpl::CheckCorpusExists(const std::string& corpus) const {
  const absl::Status status = engine_->View(corpus).status();
  return absl::IsNotFound(status) ? status : absl::OkStatus();
}

}  // namespace bedside
