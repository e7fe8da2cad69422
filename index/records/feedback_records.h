// Verdicts on recorded answers, where those are (answer_records.h). They leave with their answer.
//
// Implementations are thread-safe.
#ifndef BEDSIDE_INDEX_RECORDS_FEEDBACK_RECORDS_H_
#define BEDSIDE_INDEX_RECORDS_FEEDBACK_RECORDS_H_

#include <cstddef>
#include <functional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proto/bedside/storage/answer_record.pb.h"

namespace bedside {

class FeedbackRecords {
 public:
  // Of one answer.
  static constexpr size_t kMostOfAnswer = 100;

  virtual ~FeedbackRecords() = default;

  // Records it, on disk before the call returns, and gives back what is recorded under its id: where that was there
  // before, the time is the first one's. INVALID_ARGUMENT: the id has other content. RESOURCE_EXHAUSTED: the answer has
  // kMostOfAnswer already, or no space.
  virtual absl::StatusOr<storage::Feedback> Put(absl::string_view corpus, const storage::Feedback& feedback) = 0;

  // Calls `visit` with the feedback of an answer by id, or, where `answer` is empty, of the corpus, oldest answer
  // first, until it returns false. DATA_LOSS: one is damaged.
  virtual absl::Status List(absl::string_view corpus, absl::string_view answer,
                            const std::function<bool(const storage::Feedback&)>& visit) const = 0;

 protected:
  // What Put gives where `earlier` has the id of `feedback`.
  static absl::StatusOr<storage::Feedback> Repeated(const storage::Feedback& earlier,
                                                    const storage::Feedback& feedback);

  // RESOURCE_EXHAUSTED where an answer that has `count` takes no more.
  static absl::Status CheckRoom(size_t count);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RECORDS_FEEDBACK_RECORDS_H_
