#include "index/records/feedback_records.h"

#include <google/protobuf/util/message_differencer.h>

#include "absl/strings/str_cat.h"

namespace bedside {

absl::StatusOr<storage::Feedback> FeedbackRecords::Repeated(const storage::Feedback& earlier,
                                                            const storage::Feedback& feedback) {
  storage::Feedback again = feedback;
  again.set_create_time_micros(earlier.create_time_micros());
  if (google::protobuf::util::MessageDifferencer::Equals(earlier, again)) return earlier;
  return absl::InvalidArgumentError("this id was used for other feedback on the answer; use a new one");
}

absl::Status FeedbackRecords::CheckRoom(size_t count) {
  if (count < kMostOfAnswer) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat("the answer has ", count, " verdicts already, which is the most"));
}

}  // namespace bedside
