#include "services/grpc_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace bedside {
namespace {

// Question and filters need kilobytes; a request for less than this is never refused by its size alone.
constexpr int kMaxRequestBytes = 4 << 20;

}  // namespace

absl::StatusOr<std::unique_ptr<GrpcServer>> GrpcServer::Start(const std::string& address,
                                                              const std::vector<grpc::Service*>& services,
                                                              CallInterceptors interceptors) {
  auto started = std::unique_ptr<GrpcServer>(new GrpcServer());
  started->health_.SetServing({"liveness"}, true);
  started->SetReady(false);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  builder.SetMaxReceiveMessageSize(kMaxRequestBytes);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.RegisterService(&started->health_);
  for (grpc::Service* service : services) builder.RegisterService(service);
  builder.experimental().SetInterceptorCreators(std::move(interceptors));
  started->server_ = builder.BuildAndStart();
  if (started->server_ == nullptr || port == 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", address, ": mend listen_address, or free the port"));
  }
  started->address_ = absl::StrCat(address.substr(0, address.rfind(':')), ":", port);
  return started;
}

void GrpcServer::SetReady(bool ready) { health_.SetServing({"", "readiness"}, ready); }

void GrpcServer::Shutdown(absl::Duration grace) {
  SetReady(false);
  health_.End();
  server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
  server_->Wait();
}

}  // namespace bedside
