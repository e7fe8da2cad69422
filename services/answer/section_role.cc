#include "services/answer/section_role.h"

#include <re2/re2.h>

#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

constexpr absl::string_view kFindingWords[] = {"result",          "results",     "finding",        "findings",
                                               "conclusion",      "conclusions", "interpretation", "recommendation",
                                               "recommendations", "implications"};

// Of the labels of structured abstracts, where "PATIENTS" means those who were studied.
constexpr absl::string_view kNoFindingLabelWords[] = {
    "abbreviations", "acknowledgements", "aim",          "aims",         "background",
    "context",       "criteria",         "data",         "design",       "end",
    "endpoint",      "endpoints",        "exposure",     "exposures",    "extraction",
    "funding",       "hypothesis",       "importance",   "intervention", "interventions",
    "introduction",  "materials",        "measures",     "measurements", "method",
    "methodology",   "methods",          "object",       "objective",    "objectives",
    "outcome",       "outcomes",         "participants", "patients",     "population",
    "purpose",       "purposes",         "hypotheses",   "sample",       "question",
    "rationale",     "references",       "registration", "scope",        "search",
    "selection",     "setting",          "settings",     "sources",      "subjects",
    "supplementary"};

constexpr absl::string_view kNoFindingHeadings[] = {"abbreviations",
                                                    "acknowledgements",
                                                    "acknowledgments",
                                                    "aim",
                                                    "aims",
                                                    "author contributions",
                                                    "authors contributions",
                                                    "background",
                                                    "bibliography",
                                                    "competing interests",
                                                    "conflict of interest",
                                                    "conflicts of interest",
                                                    "contents",
                                                    "data availability",
                                                    "declarations",
                                                    "disclosures",
                                                    "ethics",
                                                    "funding",
                                                    "guideline development",
                                                    "hypothesis",
                                                    "introduction",
                                                    "key references",
                                                    "materials and methods",
                                                    "methodology",
                                                    "methods",
                                                    "object",
                                                    "objective",
                                                    "objectives",
                                                    "patients and methods",
                                                    "purpose",
                                                    "rationale",
                                                    "references",
                                                    "resources",
                                                    "scope",
                                                    "search strategy",
                                                    "see also",
                                                    "statistical analysis",
                                                    "study design",
                                                    "supplementary material",
                                                    "table of contents",
                                                    "target population",
                                                    "further reading"};

constexpr absl::string_view kGenericHeadings[] = {"abstract",
                                                  "conclusion",
                                                  "conclusions",
                                                  "details",
                                                  "discussion",
                                                  "findings",
                                                  "general",
                                                  "key findings",
                                                  "key messages",
                                                  "key points",
                                                  "overview",
                                                  "recommendations",
                                                  "results",
                                                  "summary",
                                                  "key recommendations",
                                                  "recommendation",
                                                  "summary of recommendations"};

// Lower case, without numbering and punctuation: "2.1 Aims:" -> "aims".
std::string Normal(absl::string_view heading) {
  const std::string lower = absl::AsciiStrToLower(heading);
  return absl::StrJoin(absl::StrSplit(lower, absl::ByAnyChar(" \t\n.:;,()0123456789'/&-"), absl::SkipEmpty()), " ");
}

template <size_t n>
bool Holds(const absl::string_view (&list)[n], absl::string_view word) {
  return absl::c_linear_search(list, word);
}

template <size_t n>
bool HasWordOf(const absl::string_view (&list)[n], absl::string_view normal) {
  return absl::c_any_of(absl::StrSplit(normal, ' '), [&list](absl::string_view word) { return Holds(list, word); });
}

// "METHODS AND RESULTS" is neither one nor the other.
SectionRole RoleOfLabel(absl::string_view label) {
  const std::string normal = Normal(label);
  const bool finding = HasWordOf(kFindingWords, normal);
  const bool no_finding = HasWordOf(kNoFindingLabelWords, normal);
  if (finding == no_finding) return SectionRole::kNeutral;
  return finding ? SectionRole::kFinding : SectionRole::kNoFinding;
}

// "Related ASH Guidelines"
bool ListsOtherDocuments(absl::string_view normal) {
  static const RE2& pattern =
      *new RE2(R"(related (?:\w+ ){0,4}(?:guidelines?|documents?|publications?|resources|topics))");
  return RE2::FullMatch(re2::StringPiece(normal.data(), normal.size()), pattern);
}

}  // namespace

SectionRole RoleOf(const storage::Passage& passage) {
  SectionRole role = RoleOfLabel(passage.section_label());
  if (role != SectionRole::kNeutral) return role;
  for (const std::string& heading : passage.heading_path()) {
    const std::string normal = Normal(heading);
    if (Holds(kNoFindingHeadings, normal) || ListsOtherDocuments(normal)) return SectionRole::kNoFinding;
    if (HasWordOf(kFindingWords, normal)) role = SectionRole::kFinding;
  }
  return role;
}

absl::optional<SectionRole> RoleOfInlineLabel(absl::string_view sentence) {
  static const RE2& pattern = *new RE2(
      R"(^(?:</?[a-z]+>|\W)*(?:([A-Z][A-Za-z]+(?: (?:and|AND|&) [A-Za-z]+)?)(?:</[a-z]+>)?\s?:|([A-Z]{3,}(?: AND [A-Z]{3,})?)\s))");
  std::string with_colon;
  std::string in_capitals;
  if (!RE2::PartialMatch(re2::StringPiece(sentence.data(), sentence.size()), pattern, &with_colon, &in_capitals)) {
    return absl::nullopt;
  }
  const std::string normal = Normal(absl::StrCat(with_colon, in_capitals));
  if (Holds(kNoFindingHeadings, normal)) return SectionRole::kNoFinding;
  if (HasWordOf(kFindingWords, normal)) return RoleOfLabel(normal);
  if (Holds(kGenericHeadings, normal)) return SectionRole::kNeutral;
  return absl::nullopt;
}

bool IsGenericHeading(absl::string_view heading) { return Holds(kGenericHeadings, Normal(heading)); }

}  // namespace bedside
