// Verdicts on recorded answers, as public messages.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_RECORD_FEEDBACK_BOOK_H_
#define BEDSIDE_SERVICES_RECORD_FEEDBACK_BOOK_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/records/answer_records.h"
#include "index/records/feedback_records.h"
#include "proto/bedside/v1/feedback_service.pb.h"
#include "services/resources/resource_name.h"

namespace bedside {

class FeedbackBook {
 public:
  using Clock = std::function<absl::Time()>;

  // Both must outlive the book.
  FeedbackBook(FeedbackRecords* feedback, const AnswerRecords* answers, Clock clock = &absl::Now)
      : feedback_(feedback), answers_(answers), clock_(std::move(clock)) {}

  // Records what `request` says of the answer `name`, which is its parent. Errors are those of FeedbackRecords::Put.
  // REQUIRES: the request is valid
  absl::StatusOr<v1::Feedback> Submit(const AnswerName& name, const v1::SubmitFeedbackRequest& request);

  // Calls `visit` with the feedback of an answer, or of a corpus where `name.answer` is empty, in the order of
  // ListFeedback, until it returns false. Errors are those of FeedbackRecords::List.
  absl::Status List(const AnswerName& name, const std::function<bool(const v1::Feedback&)>& visit) const;

  // The same of a corpus, with what the answers were; of an answer that is damaged or has gone meanwhile, only the
  // feedback. Cost: an answer read for each that has feedback.
  absl::Status Export(const std::string& corpus,
                      const std::function<bool(const v1::ExportFeedbackResponse&)>& visit) const;

 private:
  FeedbackRecords* feedback_;
  const AnswerRecords* answers_;
  Clock clock_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RECORD_FEEDBACK_BOOK_H_
