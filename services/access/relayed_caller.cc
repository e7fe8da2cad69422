#include "services/access/relayed_caller.h"

#include <openssl/crypto.h>

#include "absl/strings/string_view.h"
#include "index/hash/random_bytes.h"

namespace bedside {
namespace {

constexpr size_t kSecretBytes = 32;
constexpr char kSecretKey[] = "bedside-relay-secret-bin";
constexpr char kPeerKey[] = "bedside-relay-peer-bin";
constexpr char kPathKey[] = "bedside-relay-path-bin";
constexpr char kCertificateKey[] = "bedside-relay-certificate-bin";

// Empty where there is no randomness, and nothing is relayed then.
const std::string& Secret() {
  static const std::string& secret = *new std::string(RandomBytes(kSecretBytes).value_or(""));
  return secret;
}

bool IsSecret(const grpc::string_ref& value) {
  const std::string& secret = Secret();
  return !secret.empty() && value.size() == secret.size() &&
         CRYPTO_memcmp(value.data(), secret.data(), secret.size()) == 0;
}

std::vector<std::string> ValuesOf(const grpc::ServerContextBase& context, absl::string_view key) {
  const auto [begin, end] = context.client_metadata().equal_range(grpc::string_ref(key.data(), key.size()));
  std::vector<std::string> values;
  for (auto value = begin; value != end; ++value) values.emplace_back(value->second.data(), value->second.size());
  return values;
}

// Empty where there is none.
std::string FirstOf(const grpc::ServerContextBase& context, absl::string_view key) {
  const std::vector<std::string> values = ValuesOf(context, key);
  return values.empty() ? "" : values.front();
}

}  // namespace

void AddRelayedCaller(const RelayedCaller& caller, grpc::ClientContext* context) {
  context->AddMetadata(kSecretKey, Secret());
  context->AddMetadata(kPeerKey, caller.peer);
  context->AddMetadata(kPathKey, caller.path);
  for (const std::string& name : caller.certificate_names) context->AddMetadata(kCertificateKey, name);
}

absl::optional<RelayedCaller> RelayedCallerOf(const grpc::ServerContextBase& context) {
  const auto secret = context.client_metadata().find(kSecretKey);
  if (secret == context.client_metadata().end() || !IsSecret(secret->second)) return absl::nullopt;
  return RelayedCaller{FirstOf(context, kPeerKey), ValuesOf(context, kCertificateKey), FirstOf(context, kPathKey)};
}

std::string PeerOf(const grpc::ServerContextBase& context) {
  const absl::optional<RelayedCaller> relayed = RelayedCallerOf(context);
  return relayed.has_value() ? relayed->peer : context.peer();
}

}  // namespace bedside
