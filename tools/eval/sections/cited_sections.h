// Which sections of abstracts the sentences of answers are from.
#ifndef BEDSIDE_TOOLS_EVAL_SECTIONS_CITED_SECTIONS_H_
#define BEDSIDE_TOOLS_EVAL_SECTIONS_CITED_SECTIONS_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/answer.pb.h"
#include "tools/eval/sections/labelled_abstract.h"

namespace bedside {

struct CitedSentence {
  // Of the abstract.
  std::string id;
  std::string text;
  SectionRole role;
};

// By the name of its document, which ends with "/pmid-ID".
class CitedSections {
 public:
  explicit CitedSections(const std::vector<LabelledAbstract>& abstracts);

  // What `answer` cites, without what stands in no section of its document.
  std::vector<CitedSentence> Of(const v1::Answer& answer) const;

 private:
  const LabelledSection* Find(const std::string& id, absl::string_view cited) const;

  std::map<std::string, std::vector<LabelledSection>> sections_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_SECTIONS_CITED_SECTIONS_H_
