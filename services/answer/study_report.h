// Where a paragraph reports a study without labels, as many abstracts do: which of its sentences are its findings.
#ifndef BEDSIDE_SERVICES_ANSWER_STUDY_REPORT_H_
#define BEDSIDE_SERVICES_ANSWER_STUDY_REPORT_H_

#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

// One entry a sentence of the paragraph. A paragraph of four sentences or more is a report where so many of them tell
// aims or methods as reports have, by the odds of each; its findings are those that reach a threshold by their words,
// those of their neighbours and their place. Elsewhere all are findings but what is an aim or a method by its words.
// What a study is going to do is none anywhere.
//
// The weights of these cues (report_cues.tsv, report_cues.h) were learned from abstracts whose authors labelled the
// sections and from guidelines, which report nothing: docs/formats/report-cues.md, with what they are worth.
//
// English. Thread-safe. Linear in the text.
std::vector<bool> FindingsOfReport(const std::vector<absl::string_view>& sentences);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_STUDY_REPORT_H_
