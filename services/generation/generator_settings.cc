#include "services/generation/generator_settings.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "proto/bedside/config/bounded_file.h"
#include "services/endpoint/loopback.h"

namespace bedside {
namespace {

constexpr size_t kMaxSecretBytes = 4096;
constexpr size_t kMinPromptSecretBytes = 16;
constexpr size_t kMaxCaBytes = 1 << 20;

using Problems = std::vector<std::string>;

std::string ReadApiKey(const std::string& path, Problems& problems) {
  if (path.empty()) return "";
  const std::string key(absl::StripAsciiWhitespace(ReadBoundedFile(path, kMaxSecretBytes).value_or("")));
  if (key.empty() || !absl::c_all_of(key, [](unsigned char c) { return absl::ascii_isgraph(c); })) {
    problems.push_back(absl::StrCat("api_key_file ", path, " does not hold one token of printable characters"));
    return "";
  }
  return key;
}

std::string ReadCertificates(const std::string& path, Problems& problems) {
  if (path.empty()) return "";
  std::string pem = ReadBoundedFile(path, kMaxCaBytes).value_or("");
  if (!absl::StrContains(pem, "-----BEGIN CERTIFICATE-----")) {
    problems.push_back(absl::StrCat("ca_file ", path, " holds no certificate in PEM"));
  }
  return pem;
}

// What both kinds have.
template <typename Config>
void ReadCommon(const Config& config, absl::string_view kind, ModelSettings& settings, Problems& problems) {
  if (config.model().empty()) problems.push_back(absl::StrCat("model of the ", kind, " is empty"));
  settings.model = config.model();
  settings.api_key = ReadApiKey(config.api_key_file(), problems);
  if (config.timeout_ms() != 0) settings.timeout = absl::Milliseconds(config.timeout_ms());
  if (config.first_token_timeout_ms() != 0) {
    settings.first_token_timeout = absl::Milliseconds(config.first_token_timeout_ms());
  }
  if (config.max_answer_tokens() != 0) settings.max_answer_tokens = config.max_answer_tokens();
}

}  // namespace

ChatSettings ReadChatSettings(const config::ChatGeneratorConfig& config, Problems& problems) {
  ChatSettings settings;
  const absl::StatusOr<ChatEndpoint> endpoint = ParseChatEndpoint(config.base_url());
  if (endpoint.ok()) {
    settings.endpoint = *endpoint;
  } else {
    problems.emplace_back(endpoint.status().message());
  }
  ReadCommon(config, "chat generator", settings, problems);
  ReadCertificates(config.ca_file(), problems);
  settings.ca_file = config.ca_file();
  return settings;
}

absl::optional<std::string> HostOf(const std::string& target) {
  const size_t colon = target.rfind(':');
  int port = 0;
  if (colon == std::string::npos || !absl::SimpleAtoi(target.substr(colon + 1), &port)) return absl::nullopt;
  const std::string host = absl::AsciiStrToLower(target.substr(0, colon));
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  const bool plain = !host.empty() && host.find_first_of(":/[]?#@ ,") == std::string::npos;
  return port > 0 && port <= 65535 && (bracketed || plain) ? absl::make_optional(host) : absl::nullopt;
}

GrpcGeneratorSettings ReadGrpcSettings(const config::GrpcGeneratorConfig& config, Problems& problems) {
  GrpcGeneratorSettings settings;
  settings.target = config.target();
  settings.host = HostOf(config.target()).value_or("");
  if (settings.host.empty()) problems.push_back("target of the grpc generator is not host:port");
  ReadCommon(config, "grpc generator", settings, problems);
  settings.tls = config.tls();
  settings.ca_certificates = ReadCertificates(config.ca_file(), problems);
  if (!settings.tls && !config.ca_file().empty()) problems.push_back("ca_file of the grpc generator needs tls: true");
  if (!settings.tls && !settings.host.empty() && !IsLoopback(settings.host)) {
    problems.push_back("the grpc generator is not on this machine and needs tls: true");
  }
  return settings;
}

EgressSettings ReadEgressSettings(const config::GeneratorConfig& config) {
  EgressSettings settings;
  if (config.has_chat()) {
    const absl::StatusOr<ChatEndpoint> endpoint = ParseChatEndpoint(config.chat().base_url());
    if (endpoint.ok()) settings.host = endpoint->host;
    settings.outside_trust_zone_accepted = config.chat().outside_trust_zone_accepted();
  } else if (config.has_grpc()) {
    settings.host = HostOf(config.grpc().target()).value_or("");
    settings.outside_trust_zone_accepted = config.grpc().outside_trust_zone_accepted();
  }
  for (const std::string& host : config.trust_zone()) settings.trust_zone.push_back(absl::AsciiStrToLower(host));
  const config::DeidentificationConfig& deidentification = config.deidentification();
  settings.deidentify = !deidentification.has_enabled() || deidentification.enabled();
  settings.deidentify_passages = deidentification.passages();
  return settings;
}

PromptSettings ReadPromptSettings(const config::PromptConfig& config, Problems& problems) {
  PromptSettings settings;
  if (!config.template_path().empty()) {
    absl::StatusOr<PromptTemplate> read = PromptTemplate::Read(config.template_path());
    if (read.ok()) {
      settings.prompt_template = *std::move(read);
    } else {
      problems.emplace_back(read.status().message());
    }
  }
  if (config.secret_file().empty()) return settings;
  settings.secret = ReadBoundedFile(config.secret_file(), kMaxSecretBytes).value_or("");
  if (settings.secret.size() < kMinPromptSecretBytes) {
    problems.push_back(absl::StrCat("secret_file ", config.secret_file(), " does not hold ", kMinPromptSecretBytes,
                                    " to ", kMaxSecretBytes, " bytes"));
  }
  return settings;
}

}  // namespace bedside
