// What the sentences of a paragraph give away of the section that they are from: background, methods or results.
#ifndef BEDSIDE_SERVICES_ANSWER_REPORT_CUES_H_
#define BEDSIDE_SERVICES_ANSWER_REPORT_CUES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

// For each sentence of the paragraph its cues, sorted, each once:
//   word          letters a to z in lower case; "0" for a number; one of % = < > ( ). All else parts words
//   word word     neighbours
//   first:word    the first one
//   before:word   of the sentence before
//   after:word    of the sentence after
//   tenth:N       the tenth of the paragraph's sentences that it is in, from 0
//   from-begin:N  how many stand before it, 8 at most
//   from-end:N    how many stand after it, 5 at most
// Thread-safe. Linear in the text, but for the sorting.
std::vector<std::vector<std::string>> ReportCues(const std::vector<absl::string_view>& sentences);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_REPORT_CUES_H_
