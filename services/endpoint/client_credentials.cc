#include "services/endpoint/client_credentials.h"

#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "grpc/grpc_security_constants.h"
#include "index/status/status_macros.h"
#include "services/endpoint/loopback.h"

namespace bedside {
namespace {

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  if (path.empty()) return "";
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!bytes.empty()) return bytes;
  return absl::NotFoundError(absl::StrCat(path, " cannot be read or is empty"));
}

class TokenOfFile : public grpc::MetadataCredentialsPlugin {
 public:
  explicit TokenOfFile(std::string path) : path_(std::move(path)) {}

  grpc::Status GetMetadata(grpc::string_ref /*service_url*/, grpc::string_ref /*method*/,
                           const grpc::AuthContext& /*channel*/,
                           std::multimap<std::string, std::string>* metadata) override {
    const absl::StatusOr<std::string> text = ReadFile(path_);
    const std::string token(absl::StripAsciiWhitespace(text.ok() ? *text : ""));
    if (token.empty() || !absl::c_all_of(token, [](unsigned char c) { return absl::ascii_isgraph(c); })) {
      return grpc::Status(grpc::StatusCode::UNAUTHENTICATED, absl::StrCat(path_, " does not hold one token"));
    }
    metadata->emplace("authorization", absl::StrCat("Bearer ", token));
    return grpc::Status::OK;
  }

 private:
  const std::string path_;
};

std::shared_ptr<grpc::ChannelCredentials> WithToken(const std::shared_ptr<grpc::ChannelCredentials>& channel,
                                                    const std::string& token_file, grpc_security_level level) {
  return grpc::CompositeChannelCredentials(
      channel, grpc::experimental::MetadataCredentialsFromPlugin(std::make_unique<TokenOfFile>(token_file), level));
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> TlsFor(const ClientCredentials& credentials) {
  if (credentials.certificate_file.empty() != credentials.key_file.empty()) {
    return absl::InvalidArgumentError("a client certificate and its key are given together");
  }
  grpc::SslCredentialsOptions options;
  ASSIGN_OR_RETURN(options.pem_root_certs, ReadFile(credentials.ca_file));
  ASSIGN_OR_RETURN(options.pem_cert_chain, ReadFile(credentials.certificate_file));
  ASSIGN_OR_RETURN(options.pem_private_key, ReadFile(credentials.key_file));
  return grpc::SslCredentials(options);
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> ChannelCredentialsFor(const std::string& address,
                                                                                const ClientCredentials& credentials) {
  const bool tls = credentials.tls || !credentials.ca_file.empty() || !credentials.certificate_file.empty() ||
                   !credentials.key_file.empty();
  if (tls) {
    ASSIGN_OR_RETURN(const std::shared_ptr<grpc::ChannelCredentials> channel, TlsFor(credentials));
    if (credentials.token_file.empty()) return channel;
    return WithToken(channel, credentials.token_file, GRPC_PRIVACY_AND_INTEGRITY);
  }
  if (credentials.token_file.empty()) return grpc::InsecureChannelCredentials();
  if (!IsLoopbackName(address.substr(0, address.rfind(':')))) {
    return absl::InvalidArgumentError(
        "a token goes to another machine over TLS only: ask for TLS, or name the file of the server's authorities");
  }
  return WithToken(grpc::experimental::LocalCredentials(LOCAL_TCP), credentials.token_file, GRPC_SECURITY_NONE);
}

}  // namespace bedside
