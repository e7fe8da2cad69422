// The commands of `bedside` that ask a server.
#ifndef BEDSIDE_TOOLS_BEDSIDE_SERVER_COMMANDS_H_
#define BEDSIDE_TOOLS_BEDSIDE_SERVER_COMMANDS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/longrunning/operations_proto.pb.h"
#include "google/protobuf/message.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/status.h"
#include "proto/bedside/v1/corpus_service.pb.h"
#include "proto/bedside/v1/document.pb.h"
#include "proto/bedside/v1/index.pb.h"
#include "proto/bedside/v1/index_service.pb.h"
#include "tools/bedside/command_line.h"
#include "tools/bedside/console.h"

namespace bedside {

class ServerCommands {
 public:
  // Connects with the first call. Questions never go through a proxy, whatever the environment says.
  // REQUIRES: line.command is one that asks a server. `line` and `console` must outlive the object.
  ServerCommands(const CommandLine& line, const Console& console, absl::Duration poll_interval);

  // Exit status: 0, or 1 after printing the error.
  int Run();

 private:
  int Ask();
  int Search();
  int Show();
  int ShowPassage(const std::string& name, const std::string& document_name);
  int Check();
  int Status();
  int Import();
  int Answer();
  int Replay();
  int Feedback();
  int SubmitFeedback();
  int ListFeedback();
  int ExportFeedback();
  int Sources();
  int Withdraw();
  int Reinstate();
  int Backup();
  int PrintSet(const grpc::Status& status, const v1::SourceSet& set) const;

  grpc::Status GetDocument(const std::string& name, v1::Document* document);
  // `index`: null when the corpus cannot be served.
  int PrintStatus(const v1::Index* index, const v1::ListGenerationsResponse& generations) const;

  // Looks at the operation until it is done, showing its progress to people.
  grpc::Status Await(google::longrunning::Operation* operation);
  int PrintImportResult(const google::longrunning::Operation& operation);

  // The exit status.
  int PrintJson(const absl::StatusOr<std::string>& json) const;

  // With the deadline of one call.
  std::unique_ptr<grpc::ClientContext> NewCall() const;
  std::string CorpusName() const;
  // Of the operand, which is an id or a whole name.
  std::string AnswerName() const;
  std::string SourceSetName() const;
  int Fail(const grpc::Status& status) const;
  int Fail(const google::rpc::Status& status) const;

  const CommandLine& line_;
  const Console& console_;
  absl::Duration poll_interval_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_SERVER_COMMANDS_H_
