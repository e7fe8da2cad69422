// What is recorded of an answer.
#ifndef BEDSIDE_SERVICES_RECORD_RECORD_CONTENT_H_
#define BEDSIDE_SERVICES_RECORD_RECORD_CONTENT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "proto/bedside/storage/answer_record.pb.h"
#include "proto/bedside/v1/answer.pb.h"

namespace bedside {

// `answer` without the text of its passages, which their document, span and SHA-256 stand for, and without what repeats
// words of the caller: what is said of the patient and beside the evidence for that patient, how the question was
// understood, the message that asks what a word of it means, and sentences of a language model with a number, or a word
// of four letters or more, that the passages which they cite do not hold.
storage::AnswerRecord RecordOf(absl::string_view corpus, absl::string_view id, int64_t time_micros,
                               const v1::Answer& answer);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RECORD_RECORD_CONTENT_H_
