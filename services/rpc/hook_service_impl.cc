#include "services/rpc/hook_service_impl.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "index/status/status_macros.h"
#include "services/hooks/feedback_call.h"
#include "services/hooks/hook_card.h"
#include "services/rpc/call_notes.h"

namespace bedside {
namespace {

google::api::HttpBody BodyOf(const nlohmann::ordered_json& json) {
  google::api::HttpBody body;
  body.set_content_type("application/json");
  body.set_data(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  return body;
}

}  // namespace

absl::StatusOr<google::api::HttpBody> HookServiceImpl::List() const {
  if (advisor_ == nullptr) return BodyOf({{"services", nlohmann::ordered_json::array()}});
  return BodyOf(advisor_->Discover());
}

absl::Status HookServiceImpl::CheckService(const std::string& service) const {
  if (advisor_ != nullptr) return advisor_->CheckService(service);
  return absl::NotFoundError("no hooks are configured here; see hooks in the configuration of the server");
}

absl::StatusOr<v1::Answer> HookServiceImpl::Ask(HookQuestion question, const CallContext& call) const {
  if (!call.principal.IsGranted(question.corpus)) return absl::NotFoundError("there is no such corpus");
  EvidenceQuestion asked;
  asked.corpus = question.corpus;
  asked.question = std::move(question.question);
  asked.filter = std::move(question.filter);
  asked.patient = std::move(question.patient);
  asked.limit = 0;
  asked.until = call.until;
  asked.until.deadline = std::min(asked.until.deadline, question.deadline);
  asked.now = absl::Now();
  asked.labels = call.principal.access_labels();
  ASSIGN_OR_RETURN(v1::Answer answer, engine_->Answer(std::move(asked), {}));
  if (log_ != nullptr) log_->Record(question.corpus, &answer, call.principal.access_labels());
  if (metrics_ != nullptr) metrics_->CountAnswer(answer);
  // Each that becomes a card.
  if (CitesEvidence(answer)) AddBasis(answer.basis(), &call.record->call());
  return answer;
}

absl::StatusOr<google::api::HttpBody> HookServiceImpl::Call(const v1::CallHookServiceRequest& request,
                                                            const CallContext& call) const {
  RETURN_IF_ERROR(CheckService(request.service()));
  const absl::Time now = absl::Now();
  ASSIGN_OR_RETURN(const HookAdvice advice,
                   advisor_->Advise(request.service(), request.call().data(), now, call.until.deadline,
                                    [&](HookQuestion question) { return Ask(std::move(question), call); }));
  if (outcomes_ != nullptr && !advice.shown.empty()) RETURN_IF_ERROR(outcomes_->RecordShown(advice.shown, now));
  return BodyOf(advice.response);
}

absl::StatusOr<google::api::HttpBody> HookServiceImpl::Submit(const v1::SubmitCardFeedbackRequest& request) const {
  RETURN_IF_ERROR(CheckService(request.service()));
  ASSIGN_OR_RETURN(const std::vector<CardFeedback> feedback, ParseFeedbackCall(request.feedback().data()));
  if (outcomes_ == nullptr) {
    return absl::FailedPreconditionError(
        "this server follows a store or a cluster and records no cards. Ask the server that writes the store.");
  }
  RETURN_IF_ERROR(outcomes_->RecordFeedback(
      request.service(), feedback, [this](const std::string& rule, const std::string& system, const std::string& code) {
        return advisor_->SystemOfReason(rule, system, code);
      }));
  return BodyOf(nlohmann::ordered_json::object());
}

grpc::ServerUnaryReactor* HookServiceImpl::ListHookServices(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* request,
                                                            grpc::ByteBuffer* response) {
  return RunUnary<v1::ListHookServicesRequest, google::api::HttpBody>(
      queue_, context, request, response,
      [this](const v1::ListHookServicesRequest&, const CallContext&) { return List(); });
}

grpc::ServerUnaryReactor* HookServiceImpl::CallHookService(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* request,
                                                           grpc::ByteBuffer* response) {
  return RunUnary<v1::CallHookServiceRequest, google::api::HttpBody>(
      queue_, context, request, response,
      [this](const v1::CallHookServiceRequest& request, const CallContext& call) { return Call(request, call); });
}

grpc::ServerUnaryReactor* HookServiceImpl::SubmitCardFeedback(grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer* request,
                                                              grpc::ByteBuffer* response) {
  return RunUnary<v1::SubmitCardFeedbackRequest, google::api::HttpBody>(
      queue_, context, request, response,
      [this](const v1::SubmitCardFeedbackRequest& request, const CallContext&) { return Submit(request); });
}

}  // namespace bedside
