// What is asked of a cluster, in JSON, and its errors as statuses.
//
// Thread-safe. Calls block, as ClusterTransport::Send. Source of methods and fields: the REST API of OpenSearch 2.19.
#ifndef BEDSIDE_INDEX_CLUSTER_CLUSTER_CLIENT_H_
#define BEDSIDE_INDEX_CLUSTER_CLUSTER_CLIENT_H_

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "index/cluster/cluster_transport.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

class ClusterClient {
 public:
  // Errors are those of ClusterTransport::Create. Sends nothing.
  static absl::StatusOr<std::unique_ptr<ClusterClient>> Create(const config::ClusterConfig& config);

  // The answer to a request that the cluster carried out. Errors beside those of ClusterTransport::Send, by its HTTP
  // status and the type of its error; the message names both, and nothing else of the answer, which may repeat the
  // request:
  //   NOT_FOUND            there is no such index, alias or document
  //   ABORTED              it is there already, or was changed meanwhile (409)
  //   RESOURCE_EXHAUSTED   it has no room or no time now: too many requests, a disk that is full (429), or as many
  //                        shards as it may have (400, validation_exception)
  //   UNAVAILABLE          5xx: for example too few shards are there
  //   FAILED_PRECONDITION  it refuses the credentials (401, 403)
  //   INTERNAL             it refuses the request, or the answer is not JSON
  absl::StatusOr<nlohmann::json> Call(const ClusterRequest& request) const;

  // The answers of one node, each as that of Call. Errors are those of ClusterTransport::SendToOne.
  absl::StatusOr<std::vector<absl::StatusOr<nlohmann::json>>> CallOne(
      const std::vector<ClusterRequest>& requests) const;

  // OK where there is such a path; NOT_FOUND where there is none.
  absl::Status Head(const std::string& path) const;

  absl::StatusOr<nlohmann::json> Get(const std::string& path, absl::Time deadline = absl::InfiniteFuture()) const;
  // INVALID_ARGUMENT, beside the errors of Call: `body` has text that is not UTF-8; nothing is sent.
  absl::StatusOr<nlohmann::json> Post(const std::string& path, const nlohmann::json& body,
                                      absl::Time deadline = absl::InfiniteFuture()) const;
  absl::StatusOr<nlohmann::json> Put(const std::string& path, const nlohmann::json& body) const;
  absl::Status Delete(const std::string& path) const;

 private:
  explicit ClusterClient(std::unique_ptr<ClusterTransport> transport) : transport_(std::move(transport)) {}

  std::unique_ptr<ClusterTransport> transport_;
};

// The status of an error of the cluster; see ClusterClient::Call. What is no name of an error is not repeated.
absl::Status ClusterError(int http_status, absl::string_view type);

// INTERNAL: of an answer that lacks what OpenSearch answers with.
absl::Status UnexpectedAnswer();

// Whether what failed so may succeed at the next attempt.
bool IsTransient(const absl::Status& status);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_CLUSTER_CLIENT_H_
