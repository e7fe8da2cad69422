#include "tools/eval/sections/cited_sections.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

// However the connector of the abstracts breaks their lines.
std::string OneLine(absl::string_view text) {
  return absl::StrJoin(absl::StrSplit(text, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty()), " ");
}

absl::string_view IdIn(absl::string_view document) {
  const size_t at = document.rfind("/pmid-");
  return at == absl::string_view::npos ? "" : document.substr(at + 6);
}

std::string CitedText(const v1::Passage& passage, const v1::Span& span) {
  const absl::string_view text = passage.text();
  return OneLine(text.substr(span.begin() - passage.span().begin(), span.end() - span.begin()));
}

}  // namespace

CitedSections::CitedSections(const std::vector<LabelledAbstract>& abstracts) {
  for (const LabelledAbstract& abstract : abstracts) {
    Abstract& known = abstracts_[abstract.id];
    for (const LabelledSection& section : abstract.sections) {
      absl::StrAppend(&known.text, known.text.empty() ? "" : " ", OneLine(section.text));
      known.sections.push_back({section.role, known.text.size()});
    }
  }
}

std::vector<CitedSentence> CitedSections::Of(const v1::Answer& answer) const {
  std::vector<CitedSentence> cited;
  for (const v1::AnswerSentence& sentence : answer.text().sentences()) {
    for (const v1::Citation& citation : sentence.citations()) {
      const v1::Evidence& evidence = answer.basis().evidence(citation.evidence_number() - 1);
      const std::string text = CitedText(evidence.passage(), citation.span());
      const std::string id(IdIn(evidence.document().name()));
      const absl::optional<SectionRole> role = RoleOf(id, text);
      if (role.has_value()) cited.push_back({id, text, *role});
    }
  }
  return cited;
}

absl::optional<SectionRole> CitedSections::RoleOf(const std::string& id, absl::string_view cited) const {
  const auto found = abstracts_.find(id);
  if (found == abstracts_.end()) return absl::nullopt;
  const size_t begin = absl::string_view(found->second.text).find(cited);
  if (begin == absl::string_view::npos) return absl::nullopt;
  absl::optional<SectionRole> role;
  size_t section_begin = 0;
  for (const Section& section : found->second.sections) {
    const bool holds_some = section.end > begin && section_begin < begin + cited.size();
    if (holds_some && (!role.has_value() || section.role == SectionRole::kNoFinding)) role = section.role;
    section_begin = section.end;
  }
  return role;
}

}  // namespace bedside
