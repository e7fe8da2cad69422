#include "tools/bedside/question_commands.h"

#include <fstream>
#include <iterator>
#include <random>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/util/json_util.h"
#include "index/status/status_macros.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "proto/bedside/v1/feedback_service.grpc.pb.h"
#include "proto/bedside/v1/outcome_service.grpc.pb.h"
#include "tools/bedside/answer_printer.h"
#include "tools/bedside/check_printer.h"
#include "tools/bedside/document_printer.h"
#include "tools/bedside/feedback_printer.h"
#include "tools/bedside/outcome_printer.h"
#include "tools/bedside/replay_printer.h"
#include "tools/bedside/search_printer.h"

namespace bedside {
namespace {

std::string NewFeedbackId() {
  std::random_device random;
  return absl::StrCat(absl::Hex(random(), absl::kZeroPad8), absl::Hex(random(), absl::kZeroPad8));
}

// Of a ListOutcomesRequest or an ExportOutcomesRequest.
template <typename Request>
Request AskedOutcomes(const CommandLine& line) {
  Request request;
  if (!line.operands.empty()) request.set_rule(line.operands[0]);
  if (line.from.year() != 0) *request.mutable_from() = line.from;
  if (line.to.year() != 0) *request.mutable_to() = line.to;
  return request;
}

}  // namespace

absl::optional<int> QuestionCommands::Run() {
  switch (*line_.command) {
    case Command::kAsk:
      return Ask();
    case Command::kSearch:
      return Search();
    case Command::kShow:
      return Show();
    case Command::kCheck:
      return Check();
    case Command::kAnswer:
      return Answer();
    case Command::kReplay:
      return Replay();
    case Command::kFeedback:
      return Feedback();
    case Command::kOutcomes:
      return line_.json ? ExportOutcomes() : Outcomes();
    default:
      return absl::nullopt;
  }
}

int QuestionCommands::Ask() {
  v1::AnswerRequest request;
  request.set_parent(CorpusName());
  request.set_question(absl::StrJoin(line_.operands, " "));
  *request.mutable_filter() = line_.filter;
  *request.mutable_patient() = line_.patient;
  if (!line_.fhir.empty()) {
    std::ifstream file(line_.fhir, std::ios::binary);
    request.mutable_fhir()->assign(std::istreambuf_iterator<char>(file), {});
    if (!file) return Fail(OwnError(absl::StrCat(line_.fhir, " cannot be read; name a file of this machine")));
  }
  request.set_max_evidence(line_.max_evidence);
  v1::AnswerResponse response;
  const grpc::Status status = v1::AnswerService::NewStub(channel_)->Answer(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(response));
  PrintAnswer(response.answer(), console_);
  return 0;
}

int QuestionCommands::Search() {
  v1::SearchRequest request;
  request.set_parent(CorpusName());
  request.set_query(absl::StrJoin(line_.operands, " "));
  *request.mutable_filter() = line_.filter;
  request.set_page_size(line_.page_size);
  request.set_page_token(line_.page_token);
  request.set_explain(line_.explain);
  v1::SearchResponse response;
  const grpc::Status status = v1::EvidenceService::NewStub(channel_)->Search(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(response));
  PrintSearch(response, console_);
  return 0;
}

int QuestionCommands::Show() {
  const std::string name = DocumentName();
  const size_t passage_at = name.find("/passages/");
  if (passage_at != std::string::npos) return ShowPassage(name, name.substr(0, passage_at));
  v1::Document document;
  const grpc::Status status = GetDocument(name, &document);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(document));
  PrintDocument(document, console_);
  return 0;
}

int QuestionCommands::ShowPassage(const std::string& name, const std::string& document_name) {
  v1::GetPassageRequest request;
  request.set_name(name);
  v1::Passage passage;
  v1::Document document;
  grpc::Status status = v1::EvidenceService::NewStub(channel_)->GetPassage(NewCall().get(), request, &passage);
  if (status.ok()) status = GetDocument(document_name, &document);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json({{"passage", &passage}, {"document", &document}}));
  PrintPassage(passage, console_);
  PrintDocument(document, console_);
  return 0;
}

grpc::Status QuestionCommands::GetDocument(const std::string& name, v1::Document* document) {
  v1::GetDocumentRequest request;
  request.set_name(name);
  return v1::EvidenceService::NewStub(channel_)->GetDocument(NewCall().get(), request, document);
}

int QuestionCommands::Check() {
  v1::CheckGroundingRequest request;
  request.set_text(absl::StrJoin(line_.operands, " "));
  for (const std::string& passage : line_.passages) {
    v1::GroundingPassage& added = *request.add_passages();
    if (absl::StartsWith(passage, "corpora/")) {
      added.set_name(passage);
    } else if (absl::StartsWith(passage, "documents/")) {
      added.set_name(absl::StrCat(CorpusName(), "/", passage));
    } else {
      added.set_text(passage);
    }
  }
  v1::CheckGroundingResponse response;
  const grpc::Status status = v1::AnswerService::NewStub(channel_)->CheckGrounding(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(response));
  PrintCheck(response, console_);
  return 0;
}

int QuestionCommands::Answer() {
  v1::GetAnswerRequest request;
  request.set_name(AnswerName());
  v1::Answer answer;
  const grpc::Status status = v1::AnswerService::NewStub(channel_)->GetAnswer(NewCall().get(), request, &answer);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(answer));
  PrintAnswer(answer, console_);
  return 0;
}

int QuestionCommands::Replay() {
  v1::ReplayAnswerRequest request;
  request.set_name(AnswerName());
  v1::ReplayAnswerResponse response;
  const grpc::Status status = v1::AnswerService::NewStub(channel_)->ReplayAnswer(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(response));
  PrintReplay(response, console_);
  return 0;
}

int QuestionCommands::Feedback() {
  if (line_.operands.empty()) return ExportFeedback();
  return line_.verdict == v1::FEEDBACK_VERDICT_UNSPECIFIED ? ListFeedback() : SubmitFeedback();
}

int QuestionCommands::SubmitFeedback() {
  v1::SubmitFeedbackRequest request;
  request.set_parent(AnswerName());
  request.set_feedback_id(line_.feedback_id.empty() ? NewFeedbackId() : line_.feedback_id);
  request.set_verdict(line_.verdict);
  for (const v1::FeedbackReason reason : line_.reasons) request.add_reasons(reason);
  request.set_sentence_number(line_.sentence);
  v1::Feedback feedback;
  const grpc::Status status =
      v1::FeedbackService::NewStub(channel_)->SubmitFeedback(NewCall().get(), request, &feedback);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(feedback));
  PrintFeedback(feedback, console_);
  return 0;
}

int QuestionCommands::ListFeedback() {
  v1::ListFeedbackRequest request;
  request.set_parent(AnswerName());
  // An answer has at most a hundred.
  request.set_page_size(1000);
  v1::ListFeedbackResponse response;
  const grpc::Status status = v1::FeedbackService::NewStub(channel_)->ListFeedback(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(response));
  for (const v1::Feedback& feedback : response.feedback()) PrintFeedback(feedback, console_);
  if (response.feedback().empty()) *console_.out << "No feedback on this answer.\n";
  return 0;
}

int QuestionCommands::ExportFeedback() {
  v1::ExportFeedbackRequest request;
  request.set_parent(CorpusName());
  const std::unique_ptr<grpc::ClientContext> call = NewCall();
  const auto reader = v1::FeedbackService::NewStub(channel_)->ExportFeedback(call.get(), request);
  v1::ExportFeedbackResponse part;
  while (reader->Read(&part)) {
    std::string json;
    const auto written = google::protobuf::util::MessageToJsonString(part, &json);
    if (!written.ok()) return Fail(OwnError("feedback cannot be written as JSON"));
    *console_.out << json << "\n";
  }
  const grpc::Status status = reader->Finish();
  return status.ok() ? 0 : Fail(status);
}

int QuestionCommands::Outcomes() {
  const auto stub = v1::OutcomeService::NewStub(channel_);
  std::vector<v1::RuleOutcomes> outcomes;
  auto request = AskedOutcomes<v1::ListOutcomesRequest>(line_);
  do {
    v1::ListOutcomesResponse response;
    const grpc::Status status = stub->ListOutcomes(NewCall().get(), request, &response);
    if (!status.ok()) return Fail(status);
    outcomes.insert(outcomes.end(), response.outcomes().begin(), response.outcomes().end());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  PrintOutcomes(outcomes, console_);
  return 0;
}

int QuestionCommands::ExportOutcomes() {
  const auto request = AskedOutcomes<v1::ExportOutcomesRequest>(line_);
  const std::unique_ptr<grpc::ClientContext> call = NewCall();
  const auto reader = v1::OutcomeService::NewStub(channel_)->ExportOutcomes(call.get(), request);
  v1::CardOutcome card;
  while (reader->Read(&card)) {
    std::string json;
    if (!google::protobuf::util::MessageToJsonString(card, &json).ok()) {
      return Fail(OwnError("a card cannot be written as JSON"));
    }
    *console_.out << json << "\n";
  }
  const grpc::Status status = reader->Finish();
  return status.ok() ? 0 : Fail(status);
}

}  // namespace bedside
