#include "services/answer/checked_evidence.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/answer/status_mark.h"
#include "services/resources/evidence_messages.h"

namespace bedside {
namespace {

v1::GroundingIssueKind KindOf(IssueKind kind) {
  switch (kind) {
    case IssueKind::kNumber:
      return v1::GROUNDING_ISSUE_KIND_NUMBER;
    case IssueKind::kUnit:
      return v1::GROUNDING_ISSUE_KIND_UNIT;
    case IssueKind::kComparison:
      return v1::GROUNDING_ISSUE_KIND_COMPARISON;
    case IssueKind::kBinding:
      return v1::GROUNDING_ISSUE_KIND_BINDING;
    case IssueKind::kName:
      return v1::GROUNDING_ISSUE_KIND_NAME;
    case IssueKind::kNegation:
      return v1::GROUNDING_ISSUE_KIND_NEGATION;
    case IssueKind::kDirection:
      return v1::GROUNDING_ISSUE_KIND_DIRECTION;
    case IssueKind::kNotStated:
      return v1::GROUNDING_ISSUE_KIND_NOT_STATED;
    case IssueKind::kOnlyNamesSource:
      return v1::GROUNDING_ISSUE_KIND_ONLY_NAMES_SOURCE;
  }
  return v1::GROUNDING_ISSUE_KIND_UNSPECIFIED;
}

void SetSpan(Span span, uint32_t begin, v1::Span* message) {
  message->set_begin(begin + span.begin);
  message->set_end(begin + span.end);
}

uint32_t BeginOf(const TextBegins& begins, int source) { return begins[static_cast<size_t>(source) - 1]; }

}  // namespace

GroundingSource SourceOf(const EvidencePassage& evidence) {
  const storage::Document& document = *evidence.document;
  const int32_t year = document.publication_date().year();
  GroundingSource source;
  source.name = absl::StrCat(document.title(), " ", document.publisher(), " ", year == 0 ? "" : absl::StrCat(year));
  source.about = std::string(StatusMark(evidence.status));
  source.above = absl::StrJoin(evidence.passage.heading_path(), "\n");
  // Lines above lists and tables are text of the source beyond the passage, so they are left out where words are
  // counted.
  if (document.rights().max_words() == 0) absl::StrAppend(&source.above, "\n", evidence.passage.context());
  source.text = std::string(ShownText(document, evidence.passage.begin(), evidence.passage.end()));
  return source;
}

std::vector<v1::Citation> CitationsOf(const GroundingVerdict& verdict, const TextBegins& begins) {
  std::vector<v1::Citation> citations;
  for (const CarryingSpan& span : verdict.spans) {
    citations.emplace_back();
    citations.back().set_evidence_number(span.source);
    SetSpan(span.span, BeginOf(begins, span.source), citations.back().mutable_span());
  }
  return citations;
}

std::vector<v1::GroundingIssue> IssuesOf(const GroundingVerdict& verdict, const std::string& sentence,
                                         const TextBegins& begins) {
  std::vector<v1::GroundingIssue> issues;
  for (const GroundingIssue& issue : verdict.issues) {
    issues.emplace_back();
    issues.back().set_kind(KindOf(issue.kind));
    issues.back().set_said(sentence.substr(issue.said.begin, issue.said.size()));
    if (issue.source == 0) continue;
    issues.back().set_evidence_number(issue.source);
    SetSpan(issue.held, BeginOf(begins, issue.source), issues.back().mutable_span());
  }
  return issues;
}

void CountIssues(const GroundingVerdict& verdict, v1::Basis* basis) {
  std::set<v1::GroundingIssueKind> kinds;
  for (const GroundingIssue& issue : verdict.issues) kinds.insert(KindOf(issue.kind));
  for (v1::GroundingIssueCount& count : *basis->mutable_grounding_issues()) {
    if (kinds.erase(count.kind()) != 0) count.set_sentences(count.sentences() + 1);
  }
  for (const v1::GroundingIssueKind kind : kinds) {
    v1::GroundingIssueCount& count = *basis->add_grounding_issues();
    count.set_kind(kind);
    count.set_sentences(1);
  }
}

}  // namespace bedside
