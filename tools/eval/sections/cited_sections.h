// Which sections of abstracts the sentences of answers are from.
#ifndef BEDSIDE_TOOLS_EVAL_SECTIONS_CITED_SECTIONS_H_
#define BEDSIDE_TOOLS_EVAL_SECTIONS_CITED_SECTIONS_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "proto/bedside/v1/answer.pb.h"
#include "tools/eval/sections/labelled_abstract.h"

namespace bedside {

struct CitedSentence {
  // Of the abstract.
  std::string id;
  std::string text;
  // kNoFinding where any of it stands in such a section.
  SectionRole role;
};

// By the name of its document, which ends with "/pmid-ID".
class CitedSections {
 public:
  explicit CitedSections(const std::vector<LabelledAbstract>& abstracts);

  // What `answer` cites, without what does not stand in its document.
  std::vector<CitedSentence> Of(const v1::Answer& answer) const;

 private:
  struct Section {
    SectionRole role;
    // In the text of its abstract, where it ends.
    size_t end;
  };
  struct Abstract {
    std::string text;
    std::vector<Section> sections;
  };

  absl::optional<SectionRole> RoleOf(const std::string& id, absl::string_view cited) const;

  std::map<std::string, Abstract> abstracts_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_SECTIONS_CITED_SECTIONS_H_
