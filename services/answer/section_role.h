// What a section is good for when an answer is composed: sections state findings, or they do not.
#ifndef BEDSIDE_SERVICES_ANSWER_SECTION_ROLE_H_
#define BEDSIDE_SERVICES_ANSWER_SECTION_ROLE_H_

#include "absl/strings/string_view.h"
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

// Whether a heading says nothing of what its section is about: "Key points", "2. Recommendations:".
bool IsGenericHeading(absl::string_view heading);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_SECTION_ROLE_H_
