#include "services/answer/prompt_passages.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "services/answer/status_mark.h"
#include "services/resources/evidence_messages.h"

namespace bedside {
namespace {

std::string DateText(const v1::Date& date) {
  if (date.month() == 0) return absl::StrCat(date.year());
  if (date.day() == 0) return absl::StrFormat("%d-%02d", date.year(), date.month());
  return absl::StrFormat("%d-%02d-%02d", date.year(), date.month(), date.day());
}

// Lines above lists and tables are text of the source beyond the passage, so they are left out where words are counted.
std::string ContextOf(const EvidencePassage& evidence) {
  return evidence.document->rights().max_words() == 0 ? evidence.passage.context() : "";
}

}  // namespace

PromptPassage PromptPassageOf(const EvidencePassage& evidence) {
  const storage::Document& document = *evidence.document;
  const absl::string_view mark = StatusMark(evidence.status);
  PromptPassage passage;
  passage.title = document.title();
  passage.publisher = document.publisher();
  if (document.has_publication_date()) passage.date = DateText(document.publication_date());
  passage.grade = document.evidence_system();
  passage.status = std::string(mark.empty() ? "current" : mark);
  if (evidence.trust == v1::SOURCE_TRUST_UNREVIEWED) absl::StrAppend(&passage.status, "; of an unreviewed source");
  passage.section = absl::StrJoin(evidence.passage.heading_path(), " > ");
  passage.context = ContextOf(evidence);
  passage.text = std::string(ShownText(document, evidence.passage.begin(), evidence.passage.end()));
  return passage;
}

std::vector<PromptPassage> PromptPassagesOf(const std::vector<EvidencePassage>& evidence) {
  std::vector<PromptPassage> passages;
  for (const EvidencePassage& passage : evidence) passages.push_back(PromptPassageOf(passage));
  return passages;
}

}  // namespace bedside
