// How a reader is told that evidence is not simply current.
#ifndef BEDSIDE_SERVICES_ANSWER_STATUS_MARK_H_
#define BEDSIDE_SERVICES_ANSWER_STATUS_MARK_H_

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/document.pb.h"

namespace bedside {

// "superseded", "corrected", "expression of concern", "withdrawn", "retracted", "deleted"; "" for a current document.
absl::string_view StatusMark(v1::DocumentStatus status);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_STATUS_MARK_H_
