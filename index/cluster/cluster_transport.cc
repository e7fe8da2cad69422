#include "index/cluster/cluster_transport.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/bounded_file.h"
#include "services/endpoint/server_url.h"

namespace bedside {
namespace {

constexpr uint32_t kDefaultTimeoutMs = 10'000;
constexpr size_t kMostCredentialBytes = 4096;
// A node that is there accepts a connection at once.
constexpr long kConnectTimeoutMs = 2'000;
// libcurl counts time by it, and may end that much early.
constexpr absl::Duration kTick = absl::Milliseconds(1);

size_t Append(char* data, size_t, size_t size, void* user) {
  auto* body = static_cast<std::string*>(user);
  if (body->size() + size > ClusterTransport::kMostResponseBytes) return CURL_WRITEFUNC_ERROR;
  body->append(data, size);
  return size;
}

absl::Status CheckUrls(const config::ClusterConfig& config) {
  for (int i = 0; i < config.urls_size(); ++i) {
    const absl::optional<ServerUrl> parsed = ParseServerUrl(config.urls(i));
    if (IsSafeBaseUrl(config.urls(i)) && IsEncryptedOrOfThisMachine(*parsed)) continue;
    return absl::InvalidArgumentError(absl::StrCat("index.cluster.urls[", i,
                                                   "]: wanted the base URL of a node, https://HOST:PORT, or "
                                                   "http://localhost:PORT where it is this machine; what is "
                                                   "asked of it is about patients"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> AuthorizationOf(const config::ClusterConfig& config) {
  if (config.credentials_file().empty()) return std::string();
  ASSIGN_OR_RETURN(std::string credentials, ReadBoundedFile(config.credentials_file(), kMostCredentialBytes));
  absl::StripAsciiWhitespace(&credentials);
  if (credentials.find(':') == std::string::npos) {
    return absl::InvalidArgumentError("index.cluster.credentials_file: wanted user:password, found no colon");
  }
  return absl::StrCat("Authorization: Basic ", absl::Base64Escape(credentials));
}

template <typename Value>
bool Set(CURL* transfer, CURLoption option, Value value) {
  return curl_easy_setopt(transfer, option, value) == CURLE_OK;
}

bool SetMethod(CURL* transfer, const ClusterRequest& request) {
  if (!request.body.empty() && !SetTransferBody(transfer, request.body)) return false;
  if (request.method == "HEAD") return Set(transfer, CURLOPT_NOBODY, 1L);
  return Set(transfer, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

// Whether another node may do better.
bool IsOfTheNode(const std::vector<ClusterResponse>& responses) {
  return absl::c_any_of(responses, [](const auto& each) { return each.http_status >= 502 && each.http_status <= 504; });
}

bool IsOfANewConnection(CURL* transfer) {
  long connections = 0;
  curl_easy_getinfo(transfer, CURLINFO_NUM_CONNECTS, &connections);
  return connections > 0;
}

absl::Duration TimeoutOf(const config::ClusterConfig& config) {
  return absl::Milliseconds(config.timeout_ms() == 0 ? kDefaultTimeoutMs : config.timeout_ms());
}

}  // namespace

absl::StatusOr<std::unique_ptr<ClusterTransport>> ClusterTransport::Create(const config::ClusterConfig& config) {
  RETURN_IF_ERROR(CheckUrls(config));
  ASSIGN_OR_RETURN(std::string authorization, AuthorizationOf(config));
  return std::unique_ptr<ClusterTransport>(new ClusterTransport(config, std::move(authorization)));
}

ClusterTransport::ClusterTransport(const config::ClusterConfig& config, std::string authorization)
    : ca_file_(config.ca_file()), authorization_(std::move(authorization)), timeout_(TimeoutOf(config)) {
  for (const std::string& url : config.urls()) {
    nodes_.push_back(
        std::make_unique<Node>(std::string(absl::string_view(url).substr(0, url.find_last_not_of('/') + 1))));
  }
}

std::vector<ClusterTransport::Node*> ClusterTransport::Order() const {
  const int64_t now = absl::ToUnixMicros(absl::Now());
  const size_t first = next_.fetch_add(1);
  std::vector<Node*> order;
  for (size_t i = 0; i < nodes_.size(); ++i) order.push_back(nodes_[(first + i) % nodes_.size()].get());
  std::stable_partition(order.begin(), order.end(), [now](const Node* node) { return node->rests_until <= now; });
  return order;
}

absl::StatusOr<ClusterResponse> ClusterTransport::Send(const ClusterRequest& request) const {
  ASSIGN_OR_RETURN(std::vector<ClusterResponse> responses, SendToOne({request}));
  return std::move(responses[0]);
}

absl::StatusOr<std::vector<ClusterResponse>> ClusterTransport::SendToOne(
    const std::vector<ClusterRequest>& requests) const {
  absl::Time until = absl::Now() + timeout_;
  for (const ClusterRequest& request : requests) until = std::min(until, request.deadline);
  absl::optional<std::vector<ClusterResponse>> refusal;
  std::vector<std::string> failures;
  for (Node* node : Order()) {
    absl::StatusOr<std::vector<ClusterResponse>> responses = SendTo(*node, requests, until);
    if (responses.ok() && !IsOfTheNode(*responses)) return responses;
    node->rests_until = absl::ToUnixMicros(absl::Now() + kRest);
    if (responses.ok()) {
      refusal = *std::move(responses);
    } else {
      failures.push_back(absl::StrCat(node->url, ": ", responses.status().message()));
    }
    if (absl::Now() + kTick < until) continue;
    return absl::DeadlineExceededError(absl::StrCat(node->url, " did not answer in time"));
  }
  if (refusal.has_value()) return *std::move(refusal);
  return absl::UnavailableError(absl::StrCat("no node of the cluster answered: ", absl::StrJoin(failures, "; ")));
}

absl::StatusOr<std::vector<ClusterResponse>> ClusterTransport::SendTo(const Node& node,
                                                                      const std::vector<ClusterRequest>& requests,
                                                                      absl::Time until) const {
  TransferHandle transfer = Borrow();
  if (transfer == nullptr) return absl::UnavailableError("libcurl cannot be used");
  std::vector<ClusterResponse> responses;
  for (const ClusterRequest& request : requests) {
    ASSIGN_OR_RETURN(ClusterResponse response, Transfer(transfer.get(), node, request, until));
    if (!responses.empty() && IsOfANewConnection(transfer.get())) {
      return absl::UnavailableError("it closed the connection between two requests");
    }
    responses.push_back(std::move(response));
  }
  // Where others are behind the URL, the next connection may be to one of them.
  if (!IsOfTheNode(responses)) Return(std::move(transfer));
  return responses;
}

absl::StatusOr<ClusterResponse> ClusterTransport::Transfer(CURL* transfer, const Node& node,
                                                           const ClusterRequest& request, absl::Time until) const {
  curl_easy_reset(transfer);
  std::vector<std::string> lines = {absl::StrCat("Content-Type: application/", request.is_lines ? "x-ndjson" : "json"),
                                    "Expect:"};
  if (!authorization_.empty()) lines.push_back(authorization_);
  const TransferHeaders headers = TransferHeadersOf(lines);
  ClusterResponse response{0, ""};
  const auto left_ms = std::max<int64_t>(1, absl::ToInt64Milliseconds(until - absl::Now()));
  const bool configured = ConfigureTransfer(transfer, node.url + request.path, headers, ca_file_) &&
                          Set(transfer, CURLOPT_TIMEOUT_MS, static_cast<long>(left_ms)) &&
                          Set(transfer, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs) &&
                          Set(transfer, CURLOPT_WRITEFUNCTION, &Append) &&
                          Set(transfer, CURLOPT_WRITEDATA, &response.body) && SetMethod(transfer, request);
  if (!configured) return absl::UnavailableError("libcurl refused the request");
  const CURLcode result = curl_easy_perform(transfer);
  if (result != CURLE_OK) return absl::UnavailableError(curl_easy_strerror(result));
  long http_status = 0;
  curl_easy_getinfo(transfer, CURLINFO_RESPONSE_CODE, &http_status);
  response.http_status = static_cast<int>(http_status);
  return response;
}

TransferHandle ClusterTransport::Borrow() const {
  absl::MutexLock lock(&mutex_);
  if (idle_.empty()) return NewTransfer();
  TransferHandle handle = std::move(idle_.back());
  idle_.pop_back();
  return handle;
}

void ClusterTransport::Return(TransferHandle handle) const {
  absl::MutexLock lock(&mutex_);
  idle_.push_back(std::move(handle));
}

}  // namespace bedside
