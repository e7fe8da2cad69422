#include "tools/client/server_channel.h"

#include "grpcpp/create_channel.h"

namespace bedside {
namespace {

constexpr int kMaxReceivedBytes = 64 << 20;

}  // namespace

std::shared_ptr<grpc::Channel> ServerChannel(const std::string& address,
                                             const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxReceivedBytes);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, credentials, arguments);
}

absl::Status StatusOf(const grpc::Status& status) {
  // The codes of absl and grpc are the same numbers.
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

}  // namespace bedside
