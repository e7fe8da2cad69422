#include "tools/bedside/server_commands.h"

#include <random>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "google/longrunning/operations_proto.grpc.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "index/status/status_macros.h"
#include "ingest/pipeline/progress_printer.h"
#include "ingest/pipeline/report_text.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "proto/bedside/v1/corpus_service.grpc.pb.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "proto/bedside/v1/feedback_service.grpc.pb.h"
#include "proto/bedside/v1/index_service.grpc.pb.h"
#include "proto/bedside/v1/store_service.grpc.pb.h"
#include "tools/bedside/answer_printer.h"
#include "tools/bedside/check_printer.h"
#include "tools/bedside/document_printer.h"
#include "tools/bedside/error_printer.h"
#include "tools/bedside/feedback_printer.h"
#include "tools/bedside/index_printer.h"
#include "tools/bedside/replay_printer.h"
#include "tools/bedside/search_printer.h"
#include "tools/bedside/source_printer.h"
#include "tools/bedside/text_layout.h"
#include "tools/client/server_channel.h"

namespace bedside {
namespace {

absl::StatusOr<std::string> Json(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (status.ok()) return json;
  return absl::InternalError(absl::StrCat("the response cannot be written as JSON: ", status.ToString()));
}

using NamedMessage = std::pair<absl::string_view, const google::protobuf::Message*>;

// One object of several messages.
absl::StatusOr<std::string> Json(const std::vector<NamedMessage>& messages) {
  std::vector<std::string> members;
  for (const auto& [name, message] : messages) {
    ASSIGN_OR_RETURN(const std::string json, Json(*message));
    members.push_back(absl::StrCat("\"", name, "\": ", absl::StripTrailingAsciiWhitespace(json)));
  }
  return absl::StrCat("{", absl::StrJoin(members, ",\n"), "}\n");
}

// Whether the view is what fails: the generations may be known all the same.
bool IsOfTheView(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::FAILED_PRECONDITION ||
         status.error_code() == grpc::StatusCode::DATA_LOSS;
}

// Every error of a Bedside server has details; without them, the connection or the call ended under it.
bool HasLostServer(const grpc::Status& status) {
  return status.error_details().empty() &&
         (status.error_code() == grpc::StatusCode::UNAVAILABLE || status.error_code() == grpc::StatusCode::CANCELLED);
}

google::rpc::Status LostDuringImport(const std::string& operation) {
  google::rpc::Status status;
  status.set_code(google::rpc::UNAVAILABLE);
  status.set_message(absl::StrCat("the server ended, or cannot be reached any more, while it imported as ", operation,
                                  ". Import again when it is back: what was embedded is not embedded again."));
  google::rpc::ErrorInfo info;
  info.set_reason("SERVER_LOST");
  info.set_domain("bedside");
  status.add_details()->PackFrom(info);
  return status;
}

std::string NewFeedbackId() {
  std::random_device random;
  return absl::StrCat(absl::Hex(random(), absl::kZeroPad8), absl::Hex(random(), absl::kZeroPad8));
}

// Something that this side cannot do with what it was sent.
google::rpc::Status OwnError(absl::string_view message) {
  google::rpc::Status status;
  status.set_code(google::rpc::INTERNAL);
  status.set_message(std::string(message));
  return status;
}

}  // namespace

ServerCommands::ServerCommands(const CommandLine& line, const Console& console, absl::Duration poll_interval)
    : line_(line), console_(console), poll_interval_(poll_interval), channel_(ServerChannel(line.server)) {}

int ServerCommands::Run() {
  switch (*line_.command) {
    case Command::kAsk:
      return Ask();
    case Command::kSearch:
      return Search();
    case Command::kShow:
      return Show();
    case Command::kCheck:
      return Check();
    case Command::kStatus:
      return Status();
    case Command::kImport:
      return Import();
    case Command::kAnswer:
      return Answer();
    case Command::kReplay:
      return Replay();
    case Command::kFeedback:
      return Feedback();
    case Command::kSources:
      return Sources();
    case Command::kWithdraw:
      return Withdraw();
    case Command::kReinstate:
      return Reinstate();
    case Command::kBackup:
      return Backup();
    case Command::kCard:
    case Command::kDoctor:
      break;
  }
  return 2;
}

int ServerCommands::Ask() {
  v1::AnswerRequest request;
  request.set_parent(CorpusName());
  request.set_question(absl::StrJoin(line_.operands, " "));
  *request.mutable_filter() = line_.filter;
  *request.mutable_patient() = line_.patient;
  request.set_max_evidence(line_.max_evidence);
  v1::AnswerResponse response;
  const grpc::Status status = v1::AnswerService::NewStub(channel_)->Answer(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(response));
  PrintAnswer(response.answer(), console_);
  return 0;
}

int ServerCommands::Search() {
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

int ServerCommands::Show() {
  const std::string& operand = line_.operands[0];
  const std::string name =
      absl::StartsWith(operand, "corpora/") ? operand : absl::StrCat(CorpusName(), "/documents/", operand);
  const size_t passage_at = name.find("/passages/");
  if (passage_at != std::string::npos) return ShowPassage(name, name.substr(0, passage_at));
  v1::Document document;
  const grpc::Status status = GetDocument(name, &document);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(document));
  PrintDocument(document, console_);
  return 0;
}

int ServerCommands::ShowPassage(const std::string& name, const std::string& document_name) {
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

grpc::Status ServerCommands::GetDocument(const std::string& name, v1::Document* document) {
  v1::GetDocumentRequest request;
  request.set_name(name);
  return v1::EvidenceService::NewStub(channel_)->GetDocument(NewCall().get(), request, document);
}

int ServerCommands::Check() {
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

int ServerCommands::Status() {
  const auto stub = v1::IndexService::NewStub(channel_);
  v1::GetIndexRequest index_request;
  index_request.set_name(absl::StrCat(CorpusName(), "/index"));
  v1::Index index;
  const grpc::Status serving = stub->GetIndex(NewCall().get(), index_request, &index);
  if (!serving.ok() && !IsOfTheView(serving)) return Fail(serving);
  v1::ListGenerationsRequest list_request;
  list_request.set_parent(CorpusName());
  v1::ListGenerationsResponse generations;
  const grpc::Status listed = stub->ListGenerations(NewCall().get(), list_request, &generations);
  if (!listed.ok()) return Fail(serving.ok() ? listed : serving);
  const int printed = PrintStatus(serving.ok() ? &index : nullptr, generations);
  return serving.ok() ? printed : Fail(serving);
}

int ServerCommands::PrintStatus(const v1::Index* index, const v1::ListGenerationsResponse& generations) const {
  if (line_.json && index == nullptr) return PrintJson(Json({{"generations", &generations}}));
  if (line_.json) return PrintJson(Json({{"index", index}, {"generations", &generations}}));
  if (index != nullptr) PrintIndex(*index, console_);
  PrintGenerations(generations, console_);
  return 0;
}

int ServerCommands::Import() {
  v1::ImportDocumentsRequest request;
  request.set_parent(CorpusName());
  for (const std::string& source : line_.operands) request.add_sources(source);
  request.set_source_set(line_.source_set);
  request.set_mode(line_.full ? v1::RECONCILIATION_MODE_FULL : v1::RECONCILIATION_MODE_INCREMENTAL);
  google::longrunning::Operation operation;
  grpc::Status status = v1::CorpusService::NewStub(channel_)->ImportDocuments(NewCall().get(), request, &operation);
  if (!status.ok()) return Fail(status);
  if (!line_.json) {
    *console_.err << "The server imports as " << operation.name() << ", also when this command is stopped.\n";
  }
  const std::string name = operation.name();
  status = Await(&operation);
  if (HasLostServer(status)) return Fail(LostDuringImport(name));
  return status.ok() ? PrintImportResult(operation) : Fail(status);
}

grpc::Status ServerCommands::Await(google::longrunning::Operation* operation) {
  const auto stub = google::longrunning::Operations::NewStub(channel_);
  google::longrunning::GetOperationRequest request;
  request.set_name(operation->name());
  ProgressPrinter printer(console_.err, console_.live);
  grpc::Status status;
  while (status.ok() && !operation->done()) {
    v1::JobProgress progress;
    if (!line_.json && operation->metadata().UnpackTo(&progress)) printer.Print(progress);
    absl::SleepFor(poll_interval_);
    status = stub->GetOperation(NewCall().get(), request, operation);
  }
  printer.EndLine();
  return status;
}

int ServerCommands::PrintImportResult(const google::longrunning::Operation& operation) {
  if (operation.has_error()) return Fail(operation.error());
  v1::JobReport report;
  if (!operation.response().UnpackTo(&report)) {
    return Fail(
        OwnError("the import is done, but its report cannot be read. Client and server are of different versions."));
  }
  const int printed = line_.json ? PrintJson(Json(report)) : 0;
  if (!line_.json) *console_.out << SummaryOf(report);
  return report.generation().empty() ? 1 : printed;
}

int ServerCommands::Answer() {
  v1::GetAnswerRequest request;
  request.set_name(AnswerName());
  v1::Answer answer;
  const grpc::Status status = v1::AnswerService::NewStub(channel_)->GetAnswer(NewCall().get(), request, &answer);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(answer));
  PrintAnswer(answer, console_);
  return 0;
}

int ServerCommands::Replay() {
  v1::ReplayAnswerRequest request;
  request.set_name(AnswerName());
  v1::ReplayAnswerResponse response;
  const grpc::Status status = v1::AnswerService::NewStub(channel_)->ReplayAnswer(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(response));
  PrintReplay(response, console_);
  return 0;
}

int ServerCommands::Feedback() {
  if (line_.operands.empty()) return ExportFeedback();
  return line_.verdict == v1::FEEDBACK_VERDICT_UNSPECIFIED ? ListFeedback() : SubmitFeedback();
}

int ServerCommands::SubmitFeedback() {
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

int ServerCommands::ListFeedback() {
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

int ServerCommands::ExportFeedback() {
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

int ServerCommands::Sources() {
  v1::ListSourceSetsRequest request;
  request.set_parent(CorpusName());
  v1::ListSourceSetsResponse response;
  const grpc::Status status = v1::CorpusService::NewStub(channel_)->ListSourceSets(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(response));
  for (const v1::SourceSet& set : response.source_sets()) PrintSourceSet(set, console_);
  return 0;
}

int ServerCommands::Withdraw() {
  v1::WithdrawSourceSetRequest request;
  request.set_name(SourceSetName());
  request.set_reason(line_.because);
  v1::SourceSet set;
  return PrintSet(v1::CorpusService::NewStub(channel_)->WithdrawSourceSet(NewCall().get(), request, &set), set);
}

int ServerCommands::Reinstate() {
  v1::ReinstateSourceSetRequest request;
  request.set_name(SourceSetName());
  v1::SourceSet set;
  return PrintSet(v1::CorpusService::NewStub(channel_)->ReinstateSourceSet(NewCall().get(), request, &set), set);
}

int ServerCommands::Backup() {
  v1::CreateBackupRequest request;
  request.set_backup_id(line_.operands[0]);
  v1::Backup backup;
  const grpc::Status status = v1::StoreService::NewStub(channel_)->CreateBackup(NewCall().get(), request, &backup);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(backup));
  *console_.out << "Made " << backup.name() << ": " << Grouped(backup.files()) << " files, "
                << HumanBytes(backup.size_bytes()) << ", change " << backup.change_sequence() << "\n";
  return 0;
}

int ServerCommands::PrintSet(const grpc::Status& status, const v1::SourceSet& set) const {
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(set));
  PrintSourceSet(set, console_);
  return 0;
}

int ServerCommands::PrintJson(const absl::StatusOr<std::string>& json) const {
  if (!json.ok()) return Fail(OwnError(json.status().message()));
  *console_.out << *json;
  return 0;
}

std::unique_ptr<grpc::ClientContext> ServerCommands::NewCall() const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(absl::ToChronoTime(absl::Now() + line_.timeout));
  return context;
}

std::string ServerCommands::AnswerName() const {
  const std::string& operand = line_.operands[0];
  return absl::StartsWith(operand, "corpora/") ? operand : absl::StrCat(CorpusName(), "/answers/", operand);
}

std::string ServerCommands::SourceSetName() const {
  const std::string& operand = line_.operands[0];
  return absl::StartsWith(operand, "corpora/") ? operand : absl::StrCat(CorpusName(), "/sourceSets/", operand);
}

std::string ServerCommands::CorpusName() const { return absl::StrCat("corpora/", line_.corpus); }

int ServerCommands::Fail(const grpc::Status& status) const { return Fail(RpcStatusOf(status)); }

int ServerCommands::Fail(const google::rpc::Status& status) const {
  if (line_.json) {
    *console_.err << ErrorJson(status, line_.server);
  } else {
    PrintError(status, line_.server, console_);
  }
  return 1;
}

}  // namespace bedside
