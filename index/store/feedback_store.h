// FeedbackRecords in the column family `feedback`. They leave with their answer (AnswerStore).
//
// Thread-safe.
#ifndef BEDSIDE_INDEX_STORE_FEEDBACK_STORE_H_
#define BEDSIDE_INDEX_STORE_FEEDBACK_STORE_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "index/records/feedback_records.h"
#include "index/store/database.h"
#include "proto/bedside/storage/answer_record.pb.h"

namespace bedside {

class FeedbackStore : public FeedbackRecords {
 public:
  // `database` must outlive the store.
  explicit FeedbackStore(Database* database) : database_(database) {}

  absl::StatusOr<storage::Feedback> Put(absl::string_view corpus, const storage::Feedback& feedback) override;
  absl::Status List(absl::string_view corpus, absl::string_view answer,
                    const std::function<bool(const storage::Feedback&)>& visit) const override;

 private:
  absl::StatusOr<absl::optional<storage::Feedback>> Find(absl::string_view corpus, absl::string_view answer,
                                                         absl::string_view id) const;

  Database* database_;
  // Held from a look to the write that depends on it.
  absl::Mutex writing_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_FEEDBACK_STORE_H_
