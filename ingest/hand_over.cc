#include "ingest/hand_over.h"

#include <grpcpp/grpcpp.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/longrunning/operations_proto.grpc.pb.h"
#include "index/status/status_macros.h"
#include "proto/bedside/v1/corpus_service.grpc.pb.h"
#include "services/endpoint/client_credentials.h"

namespace bedside {
namespace {

using google::longrunning::Operation;
using google::longrunning::Operations;

constexpr absl::Duration kCallTime = absl::Seconds(30);
// How long the server holds a call that waits: how soon a stop is noticed.
constexpr int kWaitSeconds = 1;

std::shared_ptr<grpc::Channel> Connect(const std::string& address,
                                       const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(address, credentials, arguments);
}

std::unique_ptr<grpc::ClientContext> NewCall() {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(absl::ToChronoTime(absl::Now() + kCallTime));
  return context;
}

// The codes of absl, grpc and google.rpc are the same numbers.
absl::Status FromServer(int code, absl::string_view message, const std::string& server) {
  if (code == 0) return absl::OkStatus();
  return absl::Status(static_cast<absl::StatusCode>(code), absl::StrCat("the server at ", server, ": ", message));
}

absl::Status FromServer(const grpc::Status& status, const std::string& server) {
  return FromServer(status.error_code(), status.error_message(), server);
}

absl::Status Await(const std::string& server, Operations::Stub* operations, const IngestObserver& observer,
                   Operation* operation) {
  google::longrunning::WaitOperationRequest wait;
  wait.set_name(operation->name());
  wait.mutable_timeout()->set_seconds(kWaitSeconds);
  bool stopping = false;
  while (!operation->done()) {
    if (!stopping && observer.is_cancelled && observer.is_cancelled()) {
      stopping = true;
      google::longrunning::CancelOperationRequest cancel;
      cancel.set_name(operation->name());
      google::protobuf::Empty nothing;
      RETURN_IF_ERROR(FromServer(operations->CancelOperation(NewCall().get(), cancel, &nothing), server));
    }
    RETURN_IF_ERROR(FromServer(operations->WaitOperation(NewCall().get(), wait, operation), server));
    v1::JobProgress progress;
    if (observer.on_progress && operation->metadata().UnpackTo(&progress)) observer.on_progress(progress);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CredentialsOf(const config::WorkshopConfig& workshop) {
  ClientCredentials credentials;
  credentials.tls = workshop.tls();
  credentials.ca_file = workshop.ca_file();
  credentials.certificate_file = workshop.certificate_file();
  credentials.key_file = workshop.private_key_file();
  credentials.token_file = workshop.token_file();
  return ChannelCredentialsFor(workshop.server(), credentials);
}

absl::StatusOr<v1::JobReport> HandOver(const config::WorkshopConfig& workshop,
                                       const std::shared_ptr<grpc::ChannelCredentials>& credentials,
                                       const std::string& corpus, bool skip_gate, const IngestObserver& observer) {
  const std::string& server = workshop.server();
  const std::shared_ptr<grpc::Channel> channel = Connect(server, credentials);
  v1::AdoptGenerationRequest request;
  request.set_parent(absl::StrCat("corpora/", corpus));
  request.set_workshop(workshop.name());
  request.set_skip_gate(skip_gate);
  Operation operation;
  RETURN_IF_ERROR(
      FromServer(v1::CorpusService::NewStub(channel)->AdoptGeneration(NewCall().get(), request, &operation), server));
  const std::unique_ptr<Operations::Stub> operations = Operations::NewStub(channel);
  RETURN_IF_ERROR(Await(server, operations.get(), observer, &operation));
  RETURN_IF_ERROR(FromServer(operation.error().code(), operation.error().message(), server));
  v1::JobReport report;
  if (operation.response().UnpackTo(&report)) return report;
  return absl::InternalError(absl::StrCat("the server at ", server, " is of another version: its report has no place"));
}

}  // namespace bedside
