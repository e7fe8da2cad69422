#include "services/grpc_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_builder_plugin.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

// Question and filters need kilobytes; a request for less than this is never refused by its size alone.
constexpr int kMaxRequestBytes = 4 << 20;
// Of all headers of a call: a token of 16 KiB, the longest that is read, and the others.
constexpr int kMaxMetadataBytes = 24 << 10;
constexpr absl::Duration kHealthGrace = absl::Seconds(1);

// Keeps off the port of the health what gRPC adds to every server of the process: its reflection.
class NoPlugins : public grpc::ServerBuilderOption {
 public:
  void UpdateArguments(grpc::ChannelArguments* /*arguments*/) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override { plugins->clear(); }
};

void SetMilliseconds(const char* argument, absl::Duration value, grpc::ServerBuilder* builder) {
  builder->AddChannelArgument(argument, static_cast<int>(absl::ToInt64Milliseconds(value)));
}

void SetLimits(const ConnectionLimits& limits, grpc::ServerBuilder* builder) {
  builder->SetMaxReceiveMessageSize(kMaxRequestBytes);
  builder->AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder->AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, limits.max_streams);
  SetMilliseconds(GRPC_ARG_MAX_CONNECTION_IDLE_MS, limits.max_idle, builder);
  SetMilliseconds(GRPC_ARG_MAX_CONNECTION_AGE_MS, limits.max_age, builder);
  SetMilliseconds(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, limits.age_grace, builder);
  SetMilliseconds(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, limits.handshake_time, builder);
  SetMilliseconds(GRPC_ARG_KEEPALIVE_TIME_MS, limits.keepalive_interval, builder);
  SetMilliseconds(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, limits.keepalive_timeout, builder);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  SetMilliseconds(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, limits.least_ping_interval, builder);
  builder->SetResourceQuota(grpc::ResourceQuota("bedside").Resize(limits.buffer_bytes));
}

absl::Status CannotListen(const std::string& address, absl::string_view field) {
  return absl::UnavailableError(absl::StrCat("cannot listen on ", address, ": mend ", field, ", or free the port"));
}

std::string WithPort(const std::string& address, int port) {
  return absl::StrCat(address.substr(0, address.rfind(':')), ":", port);
}

}  // namespace

absl::StatusOr<std::unique_ptr<GrpcServer>> GrpcServer::Start(Listening listening,
                                                              const std::vector<grpc::Service*>& services) {
  auto started = std::unique_ptr<GrpcServer>(new GrpcServer());
  started->health_.SetServing({"liveness"}, true);
  started->SetReady(false);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(listening.address, listening.credentials, &port);
  SetLimits(listening.limits, &builder);
  builder.RegisterService(&started->health_);
  for (grpc::Service* service : services) builder.RegisterService(service);
  builder.experimental().SetInterceptorCreators(std::move(listening.interceptors));
  started->server_ = builder.BuildAndStart();
  if (started->server_ == nullptr || port == 0) return CannotListen(listening.address, "listen_address");
  started->address_ = WithPort(listening.address, port);
  if (listening.health_address.empty()) return started;
  RETURN_IF_ERROR(started->StartHealth(listening.health_address, listening.limits));
  return started;
}

absl::Status GrpcServer::StartHealth(const std::string& address, const ConnectionLimits& limits) {
  grpc::ServerBuilder builder;
  int port = 0;
  builder.SetOption(std::make_unique<NoPlugins>());
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  SetLimits(limits, &builder);
  builder.RegisterService(&health_);
  health_server_ = builder.BuildAndStart();
  if (health_server_ == nullptr || port == 0) return CannotListen(address, "health_address");
  health_address_ = WithPort(address, port);
  return absl::OkStatus();
}

std::shared_ptr<grpc::Channel> GrpcServer::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  return server_->InProcessChannel(arguments);
}

void GrpcServer::SetReady(bool ready) { health_.SetServing({"", "readiness"}, ready); }

void GrpcServer::Shutdown(absl::Duration grace) {
  SetReady(false);
  health_.End();
  server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
  server_->Wait();
  if (health_server_ == nullptr) return;
  // Streams that watch have ended above.
  health_server_->Shutdown(absl::ToChronoTime(absl::Now() + kHealthGrace));
  health_server_->Wait();
}

}  // namespace bedside
