// FeedbackRecords in a cluster, for all of its servers. Of an answer that several servers take verdicts on at once,
// some more than kMostOfAnswer may be recorded.
//
// Errors beside those named are those of ClusterClient::Call.
#ifndef BEDSIDE_INDEX_CLUSTER_CLUSTER_FEEDBACK_H_
#define BEDSIDE_INDEX_CLUSTER_CLUSTER_FEEDBACK_H_

#include <functional>

#include "index/cluster/record_index.h"
#include "index/records/feedback_records.h"

namespace bedside {

// Where verdicts are, with the keyword "answer".
RecordIndex FeedbackIndex(const ClusterClient* client, const config::ClusterConfig& config);

class ClusterFeedback : public FeedbackRecords {
 public:
  // `client` must outlive the object. Sends nothing.
  ClusterFeedback(const ClusterClient* client, const config::ClusterConfig& config)
      : index_(FeedbackIndex(client, config)) {}

  // REQUIRES: ids of [a-z0-9-]
  absl::StatusOr<storage::Feedback> Put(absl::string_view corpus, const storage::Feedback& feedback) override;
  absl::Status List(absl::string_view corpus, absl::string_view answer,
                    const std::function<bool(const storage::Feedback&)>& visit) const override;

 private:
  // Unset where there is none.
  absl::StatusOr<absl::optional<storage::Feedback>> Find(absl::string_view corpus, const std::string& id) const;

  const RecordIndex index_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_CLUSTER_FEEDBACK_H_
