// Column family `feedback`: verdicts on recorded answers. They leave with their answer (AnswerStore).
//
// Thread-safe.
#ifndef BEDSIDE_INDEX_STORE_FEEDBACK_STORE_H_
#define BEDSIDE_INDEX_STORE_FEEDBACK_STORE_H_

#include <cstddef>
#include <functional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "index/store/database.h"
#include "proto/bedside/storage/answer_record.pb.h"

namespace bedside {

class FeedbackStore {
 public:
  // Of one answer.
  static constexpr size_t kMostOfAnswer = 100;

  // `database` must outlive the store.
  explicit FeedbackStore(Database* database) : database_(database) {}

  // Records it, on disk before the call returns, and gives back what is recorded under its id: where that was there
  // before, the time is the first one's. INVALID_ARGUMENT: the id has other content. RESOURCE_EXHAUSTED: the answer has
  // kMostOfAnswer already, or no space.
  absl::StatusOr<storage::Feedback> Put(absl::string_view corpus, const storage::Feedback& feedback);

  // Calls `visit` with the feedback of an answer by id, or, where `answer` is empty, of the corpus, oldest answer
  // first, until it returns false. DATA_LOSS: one is damaged.
  absl::Status List(absl::string_view corpus, absl::string_view answer,
                    const std::function<bool(const storage::Feedback&)>& visit) const;

 private:
  absl::StatusOr<absl::optional<storage::Feedback>> Find(absl::string_view corpus, absl::string_view answer,
                                                         absl::string_view id) const;

  Database* database_;
  // Held from a look to the write that depends on it.
  absl::Mutex writing_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_FEEDBACK_STORE_H_
