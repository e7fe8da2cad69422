#include "tools/bedside/server_session.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "google/longrunning/operations_proto.grpc.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/rpc/code.pb.h"
#include "index/status/status_macros.h"
#include "ingest/pipeline/progress_printer.h"
#include "proto/bedside/v1/corpus_service.pb.h"
#include "tools/bedside/error_printer.h"

namespace bedside {

absl::StatusOr<std::string> Json(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (status.ok()) return json;
  return absl::InternalError(absl::StrCat("the response cannot be written as JSON: ", status.ToString()));
}

absl::StatusOr<std::string> Json(const std::vector<NamedMessage>& messages) {
  std::vector<std::string> members;
  for (const auto& [name, message] : messages) {
    ASSIGN_OR_RETURN(const std::string json, Json(*message));
    members.push_back(absl::StrCat("\"", name, "\": ", absl::StripTrailingAsciiWhitespace(json)));
  }
  return absl::StrCat("{", absl::StrJoin(members, ",\n"), "}\n");
}

google::rpc::Status OwnError(absl::string_view message) {
  google::rpc::Status status;
  status.set_code(google::rpc::INTERNAL);
  status.set_message(std::string(message));
  return status;
}

ServerSession::ServerSession(const CommandLine& line, const Console& console, std::shared_ptr<grpc::Channel> channel,
                             absl::Duration poll_interval)
    : line_(line), console_(console), poll_interval_(poll_interval), channel_(std::move(channel)) {}

grpc::Status ServerSession::Await(google::longrunning::Operation* operation) {
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

int ServerSession::PrintJson(const absl::StatusOr<std::string>& json) const {
  if (!json.ok()) return Fail(OwnError(json.status().message()));
  *console_.out << *json;
  return 0;
}

std::unique_ptr<grpc::ClientContext> ServerSession::NewCall() const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(absl::ToChronoTime(absl::Now() + line_.timeout));
  return context;
}

std::string ServerSession::GenerationName(size_t operand) const {
  const std::string& text = line_.operands[operand];
  return absl::StartsWith(text, "corpora/") ? text : absl::StrCat(CorpusName(), "/generations/", text);
}

std::string ServerSession::AnswerName() const {
  const std::string& operand = line_.operands[0];
  return absl::StartsWith(operand, "corpora/") ? operand : absl::StrCat(CorpusName(), "/answers/", operand);
}

std::string ServerSession::DocumentName() const {
  const std::string& operand = line_.operands[0];
  return absl::StartsWith(operand, "corpora/") ? operand : absl::StrCat(CorpusName(), "/documents/", operand);
}

std::string ServerSession::SourceSetName() const {
  const std::string& operand = line_.operands[0];
  return absl::StartsWith(operand, "corpora/") ? operand : absl::StrCat(CorpusName(), "/sourceSets/", operand);
}

std::string ServerSession::CorpusName() const { return absl::StrCat("corpora/", line_.corpus); }

int ServerSession::Fail(const grpc::Status& status) const { return Fail(RpcStatusOf(status)); }

int ServerSession::Fail(const google::rpc::Status& status) const {
  if (line_.json) {
    *console_.err << ErrorJson(status, line_.server);
  } else {
    PrintError(status, line_.server, console_);
  }
  return 1;
}

}  // namespace bedside
