#include "tools/eval/sections/cited_sections.h"

#include "absl/strings/match.h"
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
    for (const LabelledSection& section : abstract.sections) {
      sections_[abstract.id].push_back({section.label, section.role, OneLine(section.text)});
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
      const LabelledSection* section = Find(id, text);
      if (section != nullptr) cited.push_back({id, text, section->role});
    }
  }
  return cited;
}

const LabelledSection* CitedSections::Find(const std::string& id, absl::string_view cited) const {
  const auto found = sections_.find(id);
  if (found == sections_.end()) return nullptr;
  for (const LabelledSection& section : found->second) {
    if (absl::StrContains(section.text, cited)) return &section;
  }
  return nullptr;
}

}  // namespace bedside
