// Abstracts whose authors said of each part whether it tells background, methods or results.
#ifndef BEDSIDE_TOOLS_EVAL_SECTIONS_LABELLED_ABSTRACT_H_
#define BEDSIDE_TOOLS_EVAL_SECTIONS_LABELLED_ABSTRACT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/answer/section_role.h"

namespace bedside {

struct LabelledSection {
  // As the authors wrote it.
  std::string label;
  SectionRole role;
  std::string text;
};

struct LabelledAbstract {
  std::string id;
  std::string question;
  // In the order of the abstract; at least one.
  std::vector<LabelledSection> sections;

  // The sections, one after the other, as an abstract without labels has them.
  std::string Text() const;
};

// In the order of the file; records without texts, or without a label for each, are left out. `path`: ori_pqal.json of
// PubMedQA; its long answer is the conclusion of the abstract. NOT_FOUND: the file cannot be opened. INVALID_ARGUMENT:
// it is no JSON object, or has no such record.
absl::StatusOr<std::vector<LabelledAbstract>> ReadLabelledAbstracts(const std::string& path);

// The abstracts as PubMedQA, to be ingested: without their questions, each a look-up of itself, and with their labels
// or in one piece. A document's id is "pmid-" and that of the abstract. INTERNAL: the file cannot be written.
absl::Status WriteAbstracts(const std::vector<LabelledAbstract>& abstracts, bool labelled, const std::string& path);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_SECTIONS_LABELLED_ABSTRACT_H_
