#include "tools/bedside/server_commands.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "google/longrunning/operations_proto.grpc.pb.h"
#include "google/protobuf/util/json_util.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "index/status/status_macros.h"
#include "ingest/pipeline/progress_printer.h"
#include "ingest/pipeline/report_text.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "proto/bedside/v1/corpus_service.grpc.pb.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "proto/bedside/v1/index_service.grpc.pb.h"
#include "tools/bedside/answer_printer.h"
#include "tools/bedside/document_printer.h"
#include "tools/bedside/error_printer.h"
#include "tools/bedside/index_printer.h"
#include "tools/bedside/search_printer.h"

namespace bedside {
namespace {

// A document has at most 20 MiB of text by default, and sections beside it.
constexpr int kMaxReceivedBytes = 64 << 20;

std::shared_ptr<grpc::Channel> Connect(const std::string& server) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxReceivedBytes);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(server, grpc::InsecureChannelCredentials(), arguments);
}

absl::StatusOr<std::string> Json(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (status.ok()) return json;
  return absl::InternalError(absl::StrCat("the response cannot be written as JSON: ", status.ToString()));
}

absl::StatusOr<std::string> StatusJson(const v1::Index& index, const v1::ListGenerationsResponse& generations) {
  ASSIGN_OR_RETURN(const std::string index_json, Json(index));
  ASSIGN_OR_RETURN(const std::string generations_json, Json(generations));
  return absl::StrCat("{\"index\": ", absl::StripTrailingAsciiWhitespace(index_json),
                      ",\n\"generations\": ", absl::StripTrailingAsciiWhitespace(generations_json), "}\n");
}

}  // namespace

ServerCommands::ServerCommands(const CommandLine& line, const Console& console, absl::Duration poll_interval)
    : line_(line), console_(console), poll_interval_(poll_interval), channel_(Connect(line.server)) {}

int ServerCommands::Run() {
  switch (*line_.command) {
    case Command::kAsk:
      return Ask();
    case Command::kSearch:
      return Search();
    case Command::kShow:
      return Show();
    case Command::kStatus:
      return Status();
    case Command::kImport:
      return Import();
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
  v1::SearchResponse response;
  const grpc::Status status = v1::EvidenceService::NewStub(channel_)->Search(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(response));
  PrintSearch(response, console_);
  return 0;
}

int ServerCommands::Show() {
  const std::string& operand = line_.operands[0];
  v1::GetDocumentRequest request;
  request.set_name(absl::StartsWith(operand, "corpora/") ? operand
                                                         : absl::StrCat(CorpusName(), "/documents/", operand));
  v1::Document document;
  const grpc::Status status = v1::EvidenceService::NewStub(channel_)->GetDocument(NewCall().get(), request, &document);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(document));
  PrintDocument(document, console_);
  return 0;
}

int ServerCommands::Status() {
  const auto stub = v1::IndexService::NewStub(channel_);
  v1::GetIndexRequest index_request;
  index_request.set_name(absl::StrCat(CorpusName(), "/index"));
  v1::Index index;
  grpc::Status status = stub->GetIndex(NewCall().get(), index_request, &index);
  if (!status.ok()) return Fail(status);
  v1::ListGenerationsRequest list_request;
  list_request.set_parent(CorpusName());
  v1::ListGenerationsResponse generations;
  status = stub->ListGenerations(NewCall().get(), list_request, &generations);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(StatusJson(index, generations));
  PrintIndex(index, generations, console_);
  return 0;
}

int ServerCommands::Import() {
  v1::ImportDocumentsRequest request;
  request.set_parent(CorpusName());
  for (const std::string& source : line_.operands) request.add_sources(source);
  request.set_mode(line_.full ? v1::RECONCILIATION_MODE_FULL : v1::RECONCILIATION_MODE_INCREMENTAL);
  google::longrunning::Operation operation;
  grpc::Status status = v1::CorpusService::NewStub(channel_)->ImportDocuments(NewCall().get(), request, &operation);
  if (!status.ok()) return Fail(status);
  *console_.err << "The server imports as " << operation.name() << ", also when this command is stopped.\n";
  status = Await(&operation);
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
    if (operation->metadata().UnpackTo(&progress)) printer.Print(progress);
    absl::SleepFor(poll_interval_);
    status = stub->GetOperation(NewCall().get(), request, operation);
  }
  printer.EndLine();
  return status;
}

int ServerCommands::PrintImportResult(const google::longrunning::Operation& operation) {
  if (operation.has_error()) {
    PrintError(operation.error(), line_.server, console_);
    return 1;
  }
  v1::JobReport report;
  if (!operation.response().UnpackTo(&report)) {
    *console_.err << "bedside: the import is done, but its report cannot be read. Client and server are of different "
                     "versions.\n";
    return 1;
  }
  const int printed = line_.json ? PrintJson(Json(report)) : 0;
  if (!line_.json) *console_.out << SummaryOf(report);
  return report.generation().empty() ? 1 : printed;
}

int ServerCommands::PrintJson(const absl::StatusOr<std::string>& json) const {
  if (json.ok()) {
    *console_.out << *json;
    return 0;
  }
  *console_.err << "bedside: " << json.status().message() << "\n";
  return 1;
}

std::unique_ptr<grpc::ClientContext> ServerCommands::NewCall() const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(absl::ToChronoTime(absl::Now() + line_.timeout));
  return context;
}

std::string ServerCommands::CorpusName() const { return absl::StrCat("corpora/", line_.corpus); }

int ServerCommands::Fail(const grpc::Status& status) const {
  PrintError(RpcStatusOf(status), line_.server, console_);
  return 1;
}

}  // namespace bedside
