#include "services/hooks/fhir_fetch.h"

#include <map>
#include <thread>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/types/optional.h"
#include "services/endpoint/http_get.h"
#include "services/endpoint/server_url.h"
#include "services/fhir/fhir_json.h"

namespace bedside {
namespace {

constexpr size_t kMostBytes = 4 << 20;

bool MayBeAsked(const config::FhirServerConfig& server) {
  const absl::optional<ServerUrl> url = ParseServerUrl(server.base_url());
  return url.has_value() && !url->has_user && !url->has_query_or_fragment && IsEncryptedOrOfThisMachine(*url);
}

std::vector<std::string> HeadersFor(const HookCall& call) {
  std::vector<std::string> headers = {"Accept: application/fhir+json"};
  if (!call.access_token.empty()) headers.push_back(absl::StrCat("Authorization: Bearer ", call.access_token));
  return headers;
}

}  // namespace

absl::StatusOr<FhirFetch> FhirFetch::Create(
    const google::protobuf::RepeatedPtrField<config::FhirServerConfig>& servers) {
  std::vector<Server> known;
  for (const config::FhirServerConfig& server : servers) {
    if (!MayBeAsked(server)) {
      return absl::InvalidArgumentError(
          "hooks.fhir_servers.base_url wants https://, or http:// with localhost, 127.0.0.1 or [::1], without user, "
          "query and fragment: tokens of clients are sent there");
    }
    known.push_back({std::string(absl::StripSuffix(server.base_url(), "/")), server.ca_file()});
  }
  return FhirFetch(std::move(known));
}

const FhirFetch::Server* FhirFetch::Find(absl::string_view url) const {
  const auto found =
      absl::c_find_if(servers_, [&](const Server& server) { return server.base_url == absl::StripSuffix(url, "/"); });
  return found == servers_.end() ? nullptr : &*found;
}

void FhirFetch::Add(const std::set<std::string>& keys, const PrefetchTemplates& templates, absl::Time deadline,
                    HookCall* call) const {
  const Server* const server = Find(call->fhir_server);
  if (server == nullptr) return;
  std::map<std::string, nlohmann::json> fetched;
  std::vector<std::thread> fetches;
  for (const std::string& key : keys) {
    const auto query = templates.find(key);
    if (query == templates.end()) continue;
    GetRequest request = {absl::StrCat(server->base_url, "/", QueryOf(query->second, call->patient_id)),
                          HeadersFor(*call), server->ca_file, kMostBytes, deadline - absl::Now()};
    fetches.emplace_back([request = std::move(request), patient = call->patient_id, result = &fetched[key]] {
      const absl::StatusOr<std::string> body = HttpGet(request);
      if (!body.ok()) return;
      absl::StatusOr<nlohmann::json> resource = ParseFhirJson(*body, FhirRoot::kResource);
      if (resource.ok() && IsOfPatient(*resource, patient)) *result = *std::move(resource);
    });
  }
  for (std::thread& fetch : fetches) fetch.join();
  for (auto& [key, resource] : fetched) {
    if (!resource.is_null()) call->prefetch[key] = std::move(resource);
  }
}

}  // namespace bedside
