#include "tools/bench/server_jobs.h"

#include <memory>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/longrunning/operations_proto.grpc.pb.h"
#include "grpcpp/client_context.h"
#include "index/status/status_macros.h"
#include "proto/bedside/v1/corpus_service.grpc.pb.h"
#include "tools/client/server_channel.h"

namespace bedside {
namespace {

using google::longrunning::Operation;
using google::longrunning::Operations;

constexpr absl::Duration kLimit = absl::Hours(1);
constexpr char kCorpus[] = "corpora/default";

absl::StatusOr<v1::JobReport> Await(Operations::Stub* operations, Operation operation) {
  const absl::Time deadline = absl::Now() + kLimit;
  google::longrunning::WaitOperationRequest request;
  request.set_name(operation.name());
  while (!operation.done()) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(deadline));
    const grpc::Status status = operations->WaitOperation(&context, request, &operation);
    if (!status.ok()) return StatusOf(status);
  }
  if (operation.has_error()) {
    return absl::Status(static_cast<absl::StatusCode>(operation.error().code()), operation.error().message());
  }
  v1::JobReport report;
  if (operation.response().UnpackTo(&report)) return report;
  return absl::InternalError("the job ended without a report");
}

// `start`: grpc::Status(v1::CorpusService::Stub&, grpc::ClientContext*, Operation*)
template <typename Start>
absl::StatusOr<v1::JobReport> Run(const std::string& address, const Start& start) {
  const std::shared_ptr<grpc::Channel> channel = ServerChannel(address);
  grpc::ClientContext context;
  Operation operation;
  const grpc::Status status = start(*v1::CorpusService::NewStub(channel), &context, &operation);
  if (!status.ok()) return StatusOf(status);
  return Await(Operations::NewStub(channel).get(), operation);
}

}  // namespace

absl::StatusOr<v1::JobReport> ImportThrough(const std::string& address, const std::string& source) {
  v1::ImportDocumentsRequest request;
  request.set_parent(kCorpus);
  request.add_sources(source);
  request.set_mode(v1::RECONCILIATION_MODE_INCREMENTAL);
  return Run(address, [&](v1::CorpusService::Stub& stub, grpc::ClientContext* context, Operation* operation) {
    return stub.ImportDocuments(context, request, operation);
  });
}

absl::StatusOr<v1::JobReport> ReindexThrough(const std::string& address) {
  v1::ReindexRequest request;
  request.set_parent(kCorpus);
  return Run(address, [&](v1::CorpusService::Stub& stub, grpc::ClientContext* context, Operation* operation) {
    return stub.Reindex(context, request, operation);
  });
}

}  // namespace bedside
