// An index of a cluster whose documents are records: bytes by id, and keywords that they are found by. It is made when
// the first is written.
//
// Immutable, thread-safe. Errors beside those named are those of ClusterClient::Call.
#ifndef BEDSIDE_INDEX_CLUSTER_RECORD_INDEX_H_
#define BEDSIDE_INDEX_CLUSTER_RECORD_INDEX_H_

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "index/cluster/cluster_client.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

struct IndexedRecord {
  // Of [A-Za-z0-9._-].
  std::string id;
  std::string bytes;
  // By field. A list matches by any of its values.
  std::map<std::string, std::vector<std::string>> keywords;
};

class RecordIndex {
 public:
  // `client` must outlive the object. `fields`: those that records have keywords in, of [a-z]. Sends nothing.
  RecordIndex(const ClusterClient* client, const config::ClusterConfig& config, std::string name,
              const std::vector<std::string>& fields);

  // Each in place of what has its id, some megabytes a request, once. Get finds them at once, searches within a second.
  // Where it fails, some may be written; INVALID_ARGUMENT: the cluster refuses one for what is in it.
  absl::Status Write(absl::Span<const IndexedRecord> records) const;

  // Searches find it at once, too. ABORTED: there is a record with this id; it stays.
  absl::Status Create(const IndexedRecord& record) const;

  // Unset where there is none. DATA_LOSS: it is none of Write's; here and below.
  absl::StatusOr<absl::optional<std::string>> Get(absl::string_view id) const;

  // How many have all of these keywords.
  absl::StatusOr<size_t> Count(const std::map<std::string, std::string>& keywords) const;

  // Calls `visit` with the bytes of those that have all of these keywords, in the order of the fields of `order`, which
  // tells all of them apart, until it returns false. Cost: a request a thousand.
  absl::Status ForEach(const std::map<std::string, std::string>& keywords, const std::vector<std::string>& order,
                       const std::function<bool(const std::string& bytes)>& visit) const;

  // The first `limit` ids, in the order of `field`, and how many records there are.
  struct Beginning {
    std::vector<std::string> ids;
    size_t records = 0;
  };
  absl::StatusOr<Beginning> FirstBy(const std::string& field, size_t limit) const;

  // Removes those that have one of `values` in `field`; searches find none of them afterwards.
  absl::Status Remove(const std::string& field, absl::Span<const std::string> values) const;
  // Those that have a value there that is less, bytewise.
  absl::Status RemoveBelow(const std::string& field, const std::string& value) const;

 private:
  absl::Status MakeSure() const;
  absl::Status RemoveBy(const nlohmann::json& query) const;
  // {} where there is no index.
  absl::StatusOr<nlohmann::json> Search(const nlohmann::json& body) const;

  const ClusterClient* client_;
  const std::string name_;
  // Settings and mappings.
  const nlohmann::json body_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_RECORD_INDEX_H_
