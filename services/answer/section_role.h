// What a section is good for when an answer is composed: sections state findings, or they do not.
#ifndef BEDSIDE_SERVICES_ANSWER_SECTION_ROLE_H_
#define BEDSIDE_SERVICES_ANSWER_SECTION_ROLE_H_

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "proto/bedside/storage/passage.pb.h"

namespace bedside {

enum class SectionRole {
  // Results, conclusions, recommendations.
  kFinding,
  // Anything else that may state findings.
  kNeutral,
  // Background, objective, hypothesis, methods, references: never offered as a finding.
  kNoFinding,
};

// From the label of the section and, where that says nothing, from its headings; one heading that holds no findings
// decides for everything below it.
SectionRole RoleOf(const storage::Passage& passage);

// The label that a sentence begins with, as abstracts without sections have it: "BACKGROUND: Statins ...",
// "Results: ...", "AIM To compare ...". Unset where there is none. Letter case counts.
absl::optional<SectionRole> RoleOfInlineLabel(absl::string_view sentence);

// Whether a heading says nothing of what its section is about: "Key points", "2. Recommendations:".
bool IsGenericHeading(absl::string_view heading);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_SECTION_ROLE_H_
