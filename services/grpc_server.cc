#include "services/grpc_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "proto/grpc/health/v1/health.pb.h"

namespace bedside {
namespace {

// Question and filters need kilobytes; a request for less than this is never refused by its size alone.
constexpr int kMaxRequestBytes = 4 << 20;

}  // namespace

GrpcServer::GrpcServer(std::unique_ptr<grpc::Server> server, const std::string& address)
    : server_(std::move(server)), address_(address) {
  server_->GetHealthCheckService()->SetServingStatus("liveness", true);
  SetReady(false);
}

absl::StatusOr<std::unique_ptr<GrpcServer>> GrpcServer::Start(const std::string& address,
                                                              const std::vector<grpc::Service*>& services) {
  // gRPC serves health without its descriptor; naming it here links it, so that reflection can describe it.
  grpc::health::v1::HealthCheckRequest::descriptor();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  builder.SetMaxReceiveMessageSize(kMaxRequestBytes);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  for (grpc::Service* service : services) builder.RegisterService(service);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", address, ": mend listen_address, or free the port"));
  }
  const std::string host = address.substr(0, address.rfind(':'));
  return std::unique_ptr<GrpcServer>(new GrpcServer(std::move(server), absl::StrCat(host, ":", port)));
}

void GrpcServer::SetReady(bool ready) {
  grpc::HealthCheckServiceInterface* health = server_->GetHealthCheckService();
  health->SetServingStatus("", ready);
  health->SetServingStatus("readiness", ready);
}

void GrpcServer::Shutdown(absl::Duration delay, absl::Duration grace) {
  SetReady(false);
  absl::SleepFor(delay);
  server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
  server_->Wait();
}

}  // namespace bedside
