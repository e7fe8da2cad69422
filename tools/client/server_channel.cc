#include "tools/client/server_channel.h"

#include <chrono>

#include "grpcpp/create_channel.h"

namespace bedside {
namespace {

constexpr int kMaxReceivedBytes = 64 << 20;
constexpr std::chrono::seconds kConnectionTimeout{1};
constexpr int kReconnectMs = 100;

}  // namespace

std::shared_ptr<grpc::Channel> ServerChannel(const std::string& address,
                                             const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxReceivedBytes);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectMs);
  std::shared_ptr<grpc::Channel> channel = grpc::CreateCustomChannel(address, credentials, arguments);
  // One that does not come about is the error of the first call.
  channel->WaitForConnected(std::chrono::system_clock::now() + kConnectionTimeout);
  return channel;
}

absl::Status StatusOf(const grpc::Status& status) {
  // The codes of absl and grpc are the same numbers.
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

}  // namespace bedside
