// Where a paragraph reports a study without labels, as many abstracts do: which of its sentences are its findings.
#ifndef BEDSIDE_SERVICES_ANSWER_STUDY_REPORT_H_
#define BEDSIDE_SERVICES_ANSWER_STUDY_REPORT_H_

#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

// Of literature: what the paragraph may be.
enum class ReportPart {
  // A whole abstract, in which places tell what a sentence is.
  kWhole,
  // One paragraph of several, as of a discussion.
  kParagraph,
};

// One entry a sentence of the paragraph: whether it may be offered as a finding.
//
// An aim or a method by its own words is none anywhere, but outside a report for "To treat ..., give ...", which says
// what something is for. What a study is going to do is none where the paragraph speaks of a study. A whole abstract of
// four sentences or more is a report where aims and methods are to be expected in one of its sentences or, of up to
// seven, in 0.13 of each; there, findings are also to reach a threshold by their words, those of their neighbours and
// their place. What tells a reader what to do or not to do ("is contraindicated", "should be stopped") need not reach
// it, but before the aim of a report, or what it compares, where it is what others say.
//
// The weights of these cues (report_cues.tsv, report_cues.h) were learned from abstracts whose authors labelled the
// sections, and from guidelines and pages for patients, which report nothing: docs/formats/report-cues.md, with what
// they are worth. They know no other literature.
//
// English. Thread-safe. Linear in the text.
std::vector<bool> FindingsOfReport(const std::vector<absl::string_view>& sentences, ReportPart part);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_STUDY_REPORT_H_
