// How the tools reach a Bedside server: the channel, and what a failed call is as a status.
#ifndef BEDSIDE_TOOLS_CLIENT_SERVER_CHANNEL_H_
#define BEDSIDE_TOOLS_CLIENT_SERVER_CHANNEL_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "grpcpp/channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/status.h"

namespace bedside {

// A channel to `address` (host:port), plaintext where no `credentials` are given, with a connection that no other
// channel shares, past any HTTP proxy, for responses of up to 64 MiB: a document has at most 20 MiB of text by default,
// and sections beside it. Waits for the connection for up to a second: gRPC 1.51 sometimes takes one that is being made
// for one that failed (https://github.com/grpc/grpc/pull/35064), and the second attempt helps.
std::shared_ptr<grpc::Channel> ServerChannel(
    const std::string& address,
    const std::shared_ptr<grpc::ChannelCredentials>& credentials = grpc::InsecureChannelCredentials());

// The code and the words of the server, without its details.
absl::Status StatusOf(const grpc::Status& status);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_CLIENT_SERVER_CHANNEL_H_
