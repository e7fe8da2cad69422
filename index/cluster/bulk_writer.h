// Writes many documents to one index, some megabytes at a time, at the pace of the cluster: what it has no room for now
// is sent again, later and later.
//
// Not thread-safe. Writing the same documents again changes nothing.
#ifndef BEDSIDE_INDEX_CLUSTER_BULK_WRITER_H_
#define BEDSIDE_INDEX_CLUSTER_BULK_WRITER_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "index/cluster/cluster_client.h"

namespace bedside {

class BulkWriter {
 public:
  // A request of some megabytes is where OpenSearch writes fastest, by its documentation.
  static constexpr size_t kBatchBytes = size_t{4} << 20;
  static constexpr int kAttempts = 8;
  // Before the second attempt; twice as long before each that follows: about half a minute in all.
  static constexpr absl::Duration kFirstPause = absl::Milliseconds(250);

  using Sleep = std::function<void(absl::Duration)>;

  // `client` must outlive the writer.
  BulkWriter(const ClusterClient* client, std::string index, Sleep sleep = &absl::SleepFor)
      : client_(client), index_(std::move(index)), sleep_(std::move(sleep)) {}

  // `source`: a JSON object without line ends. Sends, when a batch is full. RESOURCE_EXHAUSTED or UNAVAILABLE: the
  // cluster takes no more, after kAttempts. Other errors are those of ClusterClient::Call; INTERNAL also where it
  // refuses a document.
  absl::Status Add(absl::string_view id, absl::string_view source);

  // Sends the rest.
  absl::Status Flush();

 private:
  struct Line {
    std::string id;
    std::string source;
  };

  // Of `lines`, those that are to be sent again.
  absl::StatusOr<std::vector<Line>> Send(std::vector<Line> lines, absl::Status* refused) const;

  const ClusterClient* client_;
  const std::string index_;
  const Sleep sleep_;
  std::vector<Line> lines_;
  size_t bytes_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_BULK_WRITER_H_
