// AnswerRecords in a cluster: what any of its servers has recorded, all of them give back. `documents` of the index has
// the ids of the documents that each answer may hold text of, which finds what is to be removed with one.
//
// Errors beside those named are those of ClusterClient::Call.
#ifndef BEDSIDE_INDEX_CLUSTER_CLUSTER_ANSWERS_H_
#define BEDSIDE_INDEX_CLUSTER_CLUSTER_ANSWERS_H_

#include <functional>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/cluster/record_index.h"
#include "index/records/answer_records.h"

namespace bedside {

class ClusterAnswers : public AnswerRecords {
 public:
  using Clock = std::function<absl::Time()>;

  // After a call of Trim that failed or found nothing more to remove, no other of this object looks again for as long.
  static constexpr absl::Duration kBetweenLooks = absl::Minutes(1);

  // `client` must outlive the object. Sends nothing.
  ClusterAnswers(const ClusterClient* client, const config::ClusterConfig& config, Clock clock = &absl::Now);

  // On the copies that are there when it returns. Where it fails, some of the records may be written.
  absl::Status Put(absl::Span<const storage::AnswerRecord> records) override;
  absl::StatusOr<storage::AnswerRecord> Get(absl::string_view corpus, absl::string_view id) const override;
  // Sees what was put a second ago. Feedback on answers that are older leaves also where its answer is gone already.
  // REQUIRES: limit <= 10,000, which is how many OpenSearch lists
  absl::StatusOr<size_t> Trim(uint64_t most, int64_t oldest_micros, size_t limit) override;

 private:
  absl::StatusOr<size_t> RemoveOldest(uint64_t most, int64_t oldest_micros, size_t limit) const;
  // Of the oldest at most `limit`.
  absl::StatusOr<std::vector<std::string>> Leaving(uint64_t most, int64_t oldest_micros, size_t limit) const;

  const RecordIndex answers_;
  const RecordIndex feedback_;
  const Clock clock_;
  absl::Mutex mutex_;
  absl::Time looked_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_CLUSTER_ANSWERS_H_
