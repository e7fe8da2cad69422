// What the commands of `bedside` that ask a server have in common: the connection, how things are named, and how
// results and errors are printed.
#ifndef BEDSIDE_TOOLS_BEDSIDE_SERVER_SESSION_H_
#define BEDSIDE_TOOLS_BEDSIDE_SERVER_SESSION_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/longrunning/operations_proto.pb.h"
#include "google/protobuf/message.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/status.h"
#include "tools/bedside/command_line.h"
#include "tools/bedside/console.h"

namespace bedside {

absl::StatusOr<std::string> Json(const google::protobuf::Message& message);

using NamedMessage = std::pair<absl::string_view, const google::protobuf::Message*>;

// One object of several messages.
absl::StatusOr<std::string> Json(const std::vector<NamedMessage>& messages);

// Something that this side cannot do with what it was sent.
google::rpc::Status OwnError(absl::string_view message);

class ServerSession {
 protected:
  // `line` and `console` must outlive the object.
  ServerSession(const CommandLine& line, const Console& console, std::shared_ptr<grpc::Channel> channel,
                absl::Duration poll_interval);

  // Looks at the operation until it is done, showing its progress to people.
  grpc::Status Await(google::longrunning::Operation* operation);

  // The exit status.
  int PrintJson(const absl::StatusOr<std::string>& json) const;
  int Fail(const grpc::Status& status) const;
  int Fail(const google::rpc::Status& status) const;

  // With the deadline of one call.
  std::unique_ptr<grpc::ClientContext> NewCall() const;
  std::string CorpusName() const;
  // Of the operand, which is an id or a whole name.
  std::string GenerationName(size_t operand) const;
  std::string AnswerName() const;
  std::string DocumentName() const;
  std::string SourceSetName() const;

  const CommandLine& line_;
  const Console& console_;
  absl::Duration poll_interval_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_SERVER_SESSION_H_
