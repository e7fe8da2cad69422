// HTTP requests to the nodes of a cluster: connections are kept, and a node that does not answer is passed over. Where
// it fails after it was sent a request, the next one is sent it, too: callers send what may arrive twice.
//
// Thread-safe. Blocks until the deadline at most. Memory: a handle of libcurl for each call that runs at once.
#ifndef BEDSIDE_INDEX_CLUSTER_CLUSTER_TRANSPORT_H_
#define BEDSIDE_INDEX_CLUSTER_CLUSTER_TRANSPORT_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "proto/bedside/config/index_config.pb.h"
#include "services/endpoint/outbound_transfer.h"

namespace bedside {

struct ClusterRequest {
  // GET, HEAD, POST, PUT or DELETE.
  std::string method;
  // With the query: "/index/_search?x=y".
  std::string path;
  // JSON, or lines of JSON where `is_lines`; empty: none.
  std::string body;
  bool is_lines = false;
  absl::Time deadline = absl::InfiniteFuture();
};

struct ClusterResponse {
  int http_status;
  std::string body;
};

class ClusterTransport {
 public:
  // Bytes of a response; more is an error.
  static constexpr size_t kMostResponseBytes = size_t{256} << 20;
  // How long a node that failed is asked last.
  static constexpr absl::Duration kRest = absl::Seconds(5);

  // Reads the credentials. NOT_FOUND: their file cannot be read. INVALID_ARGUMENT: it does not say "user:password", or
  // a node is named by no URL, or would be asked in plaintext on another machine.
  static absl::StatusOr<std::unique_ptr<ClusterTransport>> Create(const config::ClusterConfig& config);

  // What a node answered, whatever its status. Asks the nodes in turn, those that failed lately last; each once. One
  // that starts, or whose proxy finds none behind it, has failed (502 to 504): what it says is returned where no other
  // says more. UNAVAILABLE: none answered. DEADLINE_EXCEEDED: the deadline, or the time-out of the configuration, came
  // first. The message names nodes and causes, and nothing of the request.
  absl::StatusOr<ClusterResponse> Send(const ClusterRequest& request) const;

  // What one node answered to all of the requests, which are sent one after another over one connection: so it is one,
  // also where a URL has several nodes behind it. One that does not answer all of them so has failed; the next one is
  // asked all of them again. Errors are those of Send. REQUIRES: at least one
  absl::StatusOr<std::vector<ClusterResponse>> SendToOne(const std::vector<ClusterRequest>& requests) const;

 private:
  struct Node {
    explicit Node(std::string base) : url(std::move(base)) {}
    const std::string url;
    // Microseconds since 1970; asked last until then.
    std::atomic<int64_t> rests_until{0};
  };

  ClusterTransport(const config::ClusterConfig& config, std::string authorization);

  // Nodes in the order in which they are to be asked.
  std::vector<Node*> Order() const;
  absl::StatusOr<std::vector<ClusterResponse>> SendTo(const Node& node, const std::vector<ClusterRequest>& requests,
                                                      absl::Time until) const;
  absl::StatusOr<ClusterResponse> Transfer(CURL* transfer, const Node& node, const ClusterRequest& request,
                                           absl::Time until) const;
  TransferHandle Borrow() const;
  void Return(TransferHandle handle) const;

  std::vector<std::unique_ptr<Node>> nodes_;
  const std::string ca_file_;
  // Of the header; empty: none.
  const std::string authorization_;
  const absl::Duration timeout_;
  mutable std::atomic<size_t> next_{0};
  mutable absl::Mutex mutex_;
  mutable std::vector<TransferHandle> idle_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_CLUSTER_TRANSPORT_H_
