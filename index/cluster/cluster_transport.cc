#include "index/cluster/cluster_transport.h"

#include <algorithm>
#include <utility>

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
bool IsOfTheNode(int http_status) { return http_status >= 502 && http_status <= 504; }

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

std::vector<ClusterTransport::Node*> ClusterTransport::Order(const std::string& only) const {
  std::vector<Node*> order;
  if (!only.empty()) {
    for (const auto& node : nodes_) {
      if (node->url == only) order.push_back(node.get());
    }
    return order;
  }
  const int64_t now = absl::ToUnixMicros(absl::Now());
  const size_t first = next_.fetch_add(1);
  for (size_t i = 0; i < nodes_.size(); ++i) order.push_back(nodes_[(first + i) % nodes_.size()].get());
  std::stable_partition(order.begin(), order.end(), [now](const Node* node) { return node->rests_until <= now; });
  return order;
}

absl::StatusOr<ClusterResponse> ClusterTransport::Send(const ClusterRequest& request) const {
  const absl::Time until = std::min(request.deadline, absl::Now() + timeout_);
  absl::optional<ClusterResponse> refusal;
  std::vector<std::string> failures;
  for (Node* node : Order(request.node)) {
    absl::StatusOr<ClusterResponse> response = SendTo(*node, request, until);
    if (response.ok() && !IsOfTheNode(response->http_status)) return response;
    node->rests_until = absl::ToUnixMicros(absl::Now() + kRest);
    if (response.ok()) {
      refusal = *std::move(response);
    } else {
      failures.push_back(absl::StrCat(node->url, ": ", response.status().message()));
    }
    if (absl::Now() + kTick < until) continue;
    return absl::DeadlineExceededError(absl::StrCat(node->url, " did not answer in time"));
  }
  if (refusal.has_value()) return *std::move(refusal);
  return absl::UnavailableError(absl::StrCat("no node of the cluster answered: ", absl::StrJoin(failures, "; ")));
}

absl::StatusOr<ClusterResponse> ClusterTransport::SendTo(const Node& node, const ClusterRequest& request,
                                                         absl::Time until) const {
  TransferHandle transfer = Borrow();
  if (transfer == nullptr) return absl::UnavailableError("libcurl cannot be used");
  curl_easy_reset(transfer.get());
  std::vector<std::string> lines = {absl::StrCat("Content-Type: application/", request.is_lines ? "x-ndjson" : "json"),
                                    "Expect:"};
  if (!authorization_.empty()) lines.push_back(authorization_);
  const TransferHeaders headers = TransferHeadersOf(lines);
  ClusterResponse response{0, "", node.url};
  const auto left_ms = std::max<int64_t>(1, absl::ToInt64Milliseconds(until - absl::Now()));
  const bool configured = ConfigureTransfer(transfer.get(), node.url + request.path, headers, ca_file_) &&
                          Set(transfer.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(left_ms)) &&
                          Set(transfer.get(), CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs) &&
                          Set(transfer.get(), CURLOPT_WRITEFUNCTION, &Append) &&
                          Set(transfer.get(), CURLOPT_WRITEDATA, &response.body) && SetMethod(transfer.get(), request);
  if (!configured) return absl::UnavailableError("libcurl refused the request");
  const CURLcode result = curl_easy_perform(transfer.get());
  if (result != CURLE_OK) return absl::UnavailableError(curl_easy_strerror(result));
  long http_status = 0;
  curl_easy_getinfo(transfer.get(), CURLINFO_RESPONSE_CODE, &http_status);
  response.http_status = static_cast<int>(http_status);
  Return(std::move(transfer));
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
