#include "services/access/guarded_credentials.h"

#include <grpc/grpc.h>
#include <grpc/grpc_security.h>
#include <grpc/slice.h>

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"
#include "services/access/relayed_caller.h"

namespace bedside {
namespace {

constexpr absl::string_view kAuthorization = "authorization";
constexpr absl::string_view kPath = ":path";

absl::string_view ViewOf(const grpc_slice& slice) {
  return absl::string_view(reinterpret_cast<const char*>(GRPC_SLICE_START_PTR(slice)), GRPC_SLICE_LENGTH(slice));
}

// Hands out what `files` has, when it is not what was handed out last. One for each server; gRPC calls it under a lock.
class CertificateFetcher {
 public:
  explicit CertificateFetcher(const CertificateFiles* files) : files_(files) {}

  static grpc_ssl_certificate_config_reload_status Fetch(void* self, grpc_ssl_server_certificate_config** config) {
    return static_cast<CertificateFetcher*>(self)->Fetch(config);
  }

 private:
  grpc_ssl_certificate_config_reload_status Fetch(grpc_ssl_server_certificate_config** config) {
    std::shared_ptr<const ServerCertificate> now = files_->current();
    if (now == handed_out_) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    const grpc_ssl_pem_key_cert_pair pair = {now->private_key.c_str(), now->chain.c_str()};
    // gRPC wants some; where clients are not asked for a certificate it uses none.
    const char* roots = now->client_authorities.empty() ? now->chain.c_str() : now->client_authorities.c_str();
    *config = grpc_ssl_server_certificate_config_create(roots, &pair, 1);
    handed_out_ = std::move(now);
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

  const CertificateFiles* files_;
  std::shared_ptr<const ServerCertificate> handed_out_;
};

std::vector<std::string> CertificateNames(const grpc_auth_context* context) {
  std::vector<std::string> names;
  grpc_auth_property_iterator types =
      grpc_auth_context_find_properties_by_name(context, GRPC_TRANSPORT_SECURITY_TYPE_PROPERTY_NAME);
  const grpc_auth_property* type = grpc_auth_property_iterator_next(&types);
  // Other transports call their peers by names that nobody has vouched for.
  if (type == nullptr || absl::string_view(type->value, type->value_length) != "ssl") return names;
  grpc_auth_property_iterator identities = grpc_auth_context_peer_identity(context);
  while (const grpc_auth_property* identity = grpc_auth_property_iterator_next(&identities)) {
    names.emplace_back(identity->value, identity->value_length);
  }
  return names;
}

// gRPC's door: grpc_auth_metadata_processor.process.
void Admit(void* door, grpc_auth_context* context, const grpc_metadata* metadata, size_t count,
           grpc_process_auth_metadata_done_cb done, void* user_data) {
  CallCredentials credentials;
  absl::string_view method;
  for (size_t i = 0; i < count; ++i) {
    const absl::string_view key = ViewOf(metadata[i].key);
    if (key == kPath) method = absl::StripPrefix(ViewOf(metadata[i].value), "/");
    if (key == kAuthorization) credentials.authorization.emplace_back(ViewOf(metadata[i].value));
  }
  credentials.certificate_names = CertificateNames(context);
  const absl::Status status = static_cast<const AccessDoor*>(door)->Admit(method, credentials);
  // The codes of absl and grpc are the same numbers.
  done(user_data, nullptr, 0, nullptr, 0, static_cast<grpc_status_code>(status.code()),
       std::string(status.message()).c_str());
}

class GuardedCredentials : public grpc::ServerCredentials {
 public:
  // Owns `credentials`, which ask `fetcher`, if any.
  GuardedCredentials(grpc_server_credentials* credentials, std::unique_ptr<CertificateFetcher> fetcher,
                     const AccessDoor* door)
      : fetcher_(std::move(fetcher)), credentials_(credentials) {
    if (door == nullptr) return;
    grpc_server_credentials_set_auth_metadata_processor(credentials_,
                                                        {&Admit, [](void*) {}, const_cast<AccessDoor*>(door)});
  }
  ~GuardedCredentials() override { grpc_server_credentials_release(credentials_); }

  // The door is the only one.
  void SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>& /*processor*/) override {}

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override {
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }

  std::unique_ptr<CertificateFetcher> fetcher_;
  grpc_server_credentials* credentials_;
};

grpc_ssl_client_certificate_request_type ClientsOf(const config::TlsConfig& config) {
  if (config.client_ca_file().empty()) return GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE;
  return config.client_certificate_required() ? GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY
                                              : GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY;
}

}  // namespace

std::shared_ptr<grpc::ServerCredentials> TlsCredentials(const CertificateFiles* files, const AccessDoor* door) {
  auto fetcher = std::make_unique<CertificateFetcher>(files);
  grpc_ssl_server_credentials_options* options = grpc_ssl_server_credentials_create_options_using_config_fetcher(
      ClientsOf(files->config()), &CertificateFetcher::Fetch, fetcher.get());
  return std::make_shared<GuardedCredentials>(grpc_ssl_server_credentials_create_with_options(options),
                                              std::move(fetcher), door);
}

std::shared_ptr<grpc::ServerCredentials> LoopbackCredentials(const AccessDoor* door) {
  return std::make_shared<GuardedCredentials>(grpc_local_server_credentials_create(LOCAL_TCP), nullptr, door);
}

CallCredentials CredentialsOf(const grpc::ServerContextBase& context) {
  CallCredentials credentials;
  const auto [begin, end] =
      context.client_metadata().equal_range(grpc::string_ref(kAuthorization.data(), kAuthorization.size()));
  for (auto value = begin; value != end; ++value) {
    credentials.authorization.emplace_back(value->second.data(), value->second.size());
  }
  if (absl::optional<RelayedCaller> relayed = RelayedCallerOf(context); relayed.has_value()) {
    credentials.certificate_names = std::move(relayed->certificate_names);
    credentials.path = std::move(relayed->path);
    return credentials;
  }
  const std::shared_ptr<const grpc::AuthContext> peer = context.auth_context();
  const std::vector<grpc::string_ref> types = peer->FindPropertyValues(GRPC_TRANSPORT_SECURITY_TYPE_PROPERTY_NAME);
  if (types.empty() || types.front() != "ssl") return credentials;
  for (const grpc::string_ref& name : peer->GetPeerIdentity()) {
    credentials.certificate_names.emplace_back(name.data(), name.size());
  }
  return credentials;
}

}  // namespace bedside
