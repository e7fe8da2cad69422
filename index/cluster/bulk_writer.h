// Writes many documents to one index, some megabytes at a time, at the pace of the cluster: what it has no room for now
// is sent again, later and later.
//
// Not thread-safe. Writing the same documents again changes nothing.
#ifndef BEDSIDE_INDEX_CLUSTER_BULK_WRITER_H_
#define BEDSIDE_INDEX_CLUSTER_BULK_WRITER_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "index/cluster/cluster_client.h"
#include "index/cluster/patience.h"

namespace bedside {

class BulkWriter {
 public:
  // A request of some megabytes is where OpenSearch writes fastest, by its documentation.
  static constexpr size_t kBatchBytes = size_t{4} << 20;

  // `client` must outlive the writer.
  BulkWriter(const ClusterClient* client, std::string index, Patience patience = Patience())
      : client_(client), index_(std::move(index)), patience_(std::move(patience)) {}

  // `source`: a JSON object without line ends. Sends, when a batch is full. RESOURCE_EXHAUSTED or UNAVAILABLE: the
  // cluster takes no more, see Patience. INVALID_ARGUMENT: it refuses a document for what is in it. Other errors are
  // those of ClusterClient::Call; INTERNAL also where it refuses a document for what the index is.
  absl::Status Add(absl::string_view id, absl::string_view source);

  // Sends the rest.
  absl::Status Flush();

 private:
  struct Line {
    std::string id;
    std::string source;
  };

  ClusterRequest RequestOf(const std::vector<Line>& lines) const;
  // Leaves those that are to be sent again, and returns why.
  absl::Status Send(std::vector<Line>* lines) const;

  const ClusterClient* client_;
  const std::string index_;
  const Patience patience_;
  std::vector<Line> lines_;
  size_t bytes_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_BULK_WRITER_H_
