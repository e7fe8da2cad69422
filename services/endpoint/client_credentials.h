// What the tools and the batch job show to a server, and whom they trust to be it.
#ifndef BEDSIDE_SERVICES_ENDPOINT_CLIENT_CREDENTIALS_H_
#define BEDSIDE_SERVICES_ENDPOINT_CLIENT_CREDENTIALS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/security/credentials.h"

namespace bedside {

// Files, each empty where there is none.
struct ClientCredentials {
  bool tls = false;
  // PEM, of the authorities that may vouch for the server; empty: those of the system.
  std::string ca_file;
  // PEM, both or neither.
  std::string certificate_file;
  std::string key_file;
  // With a bearer token, read anew for each call.
  std::string token_file;
};

// For a channel to `address` (host:port): plaintext where `tls` is not set and no file of TLS is named. NOT_FOUND: a
// file cannot be read. INVALID_ARGUMENT: a certificate without its key or the other way round, or a token that would go
// in plaintext to another machine.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> ChannelCredentialsFor(const std::string& address,
                                                                                const ClientCredentials& credentials);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ENDPOINT_CLIENT_CREDENTIALS_H_
