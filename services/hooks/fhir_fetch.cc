#include "services/hooks/fhir_fetch.h"

#include <map>
#include <thread>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/bounded_file.h"
#include "services/endpoint/http_call.h"
#include "services/endpoint/server_url.h"
#include "services/fhir/fhir_json.h"
#include "services/hooks/search_page.h"

namespace bedside {
namespace {

using nlohmann::json;

// Of all pages of a search together.
constexpr size_t kMostBytes = 4 << 20;
constexpr int kMostPages = 16;
constexpr size_t kMostAuthorityBytes = 1 << 20;

std::vector<std::string> HeadersFor(const HookCall& call) {
  std::vector<std::string> headers = {"Accept: application/fhir+json"};
  if (!call.access_token.empty()) headers.push_back(absl::StrCat("Authorization: Bearer ", call.access_token));
  return headers;
}

// `url` as it is asked for where it lies below `base_url`, whatever dots it has; empty where it does not.
std::string PageBelow(absl::string_view base_url, absl::string_view url) {
  const absl::optional<ServerUrl> base = ParseServerUrl(base_url);
  const absl::optional<ServerUrl> page = ParseServerUrl(url);
  if (!base.has_value() || !page.has_value() || page->has_user) return "";
  absl::string_view rest = page->url;
  const bool is_below = absl::ConsumePrefix(&rest, absl::StripSuffix(base->url, "/")) &&
                        (absl::StartsWith(rest, "/") || absl::StartsWith(rest, "?"));
  // A dot that is written otherwise is one to some servers.
  return is_below && !absl::StrContains(absl::AsciiStrToLower(rest), "%2e") ? page->url : "";
}

// The resource, or all pages of the search. Null where one of them could not be had, or is of somebody else: a part of
// what was asked for would be taken for all of it.
json FetchAll(OutboundCall request, absl::string_view base_url, const std::string& patient, absl::Time deadline) {
  json whole;
  for (int page = 0; page < kMostPages; ++page) {
    request.timeout = deadline - absl::Now();
    const absl::StatusOr<std::string> body = HttpGet(request);
    if (!body.ok()) return nullptr;
    absl::StatusOr<json> resource = ParseFhirJson(*body, FhirRoot::kResource);
    if (!resource.ok() || !IsOfPatient(*resource, patient)) return nullptr;
    const std::string next = NextPageOf(*resource);
    request.max_bytes -= body->size();
    if (page == 0) {
      whole = *std::move(resource);
    } else {
      AppendEntries(*std::move(resource), &whole);
    }
    if (next.empty()) {
      whole.erase("link");
      return whole;
    }
    request.url = PageBelow(base_url, next);
    if (request.url.empty()) return nullptr;
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<FhirFetch> FhirFetch::Create(
    const google::protobuf::RepeatedPtrField<config::FhirServerConfig>& servers) {
  std::vector<Server> known;
  for (const config::FhirServerConfig& server : servers) {
    if (!IsSafeBaseUrl(server.base_url())) {
      return absl::InvalidArgumentError(
          "hooks.fhir_servers.base_url wants https://, or http:// with localhost, 127.0.0.1 or [::1], without user, "
          "query and fragment: tokens of clients are sent there");
    }
    if (!server.ca_file().empty()) RETURN_IF_ERROR(ReadBoundedFile(server.ca_file(), kMostAuthorityBytes).status());
    known.push_back({std::string(absl::StripSuffix(server.base_url(), "/")), server.ca_file()});
  }
  return FhirFetch(std::move(known));
}

const FhirFetch::Server* FhirFetch::Find(absl::string_view url) const {
  const auto found =
      absl::c_find_if(servers_, [&](const Server& server) { return server.base_url == absl::StripSuffix(url, "/"); });
  return found == servers_.end() ? nullptr : &*found;
}

bool FhirFetch::Add(const std::set<std::string>& keys, const PrefetchTemplates& templates, absl::Time deadline,
                    HookCall* call) const {
  const Server* const server = Find(call->fhir_server);
  if (server == nullptr) return false;
  std::map<std::string, json> fetched;
  std::vector<std::thread> fetches;
  for (const std::string& key : keys) {
    const auto query = templates.find(key);
    if (query == templates.end()) continue;
    OutboundCall request = {absl::StrCat(server->base_url, "/", QueryOf(query->second, call->patient_id)),
                            HeadersFor(*call), server->ca_file, kMostBytes, absl::ZeroDuration()};
    fetches.emplace_back([&, request = std::move(request), result = &fetched[key]] {
      *result = FetchAll(request, server->base_url, call->patient_id, deadline);
    });
  }
  for (std::thread& fetch : fetches) fetch.join();
  bool added = false;
  for (auto& [key, resource] : fetched) {
    if (resource.is_null()) continue;
    call->prefetch[key] = std::move(resource);
    added = true;
  }
  return added;
}

}  // namespace bedside
