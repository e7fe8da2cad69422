#include "tools/bedside/source_printer.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "ingest/pipeline/report_text.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

std::string KindText(v1::DocumentKind kind) {
  if (kind == v1::DOCUMENT_KIND_UNSPECIFIED) return "";
  return EnumLabel(v1::DocumentKind_Name(kind), "DOCUMENT_KIND_");
}

std::string JoinedSkippingEmpty(const std::vector<std::string>& parts) {
  std::string joined;
  for (const std::string& part : parts) {
    if (!part.empty()) absl::StrAppend(&joined, joined.empty() ? "" : " · ", part);
  }
  return joined;
}

Emphasis EmphasisOf(v1::DocumentStatus status) {
  return status >= v1::DOCUMENT_STATUS_WITHDRAWN ? Emphasis::kAlarm : Emphasis::kWarning;
}

std::string TrustText(const v1::Document& document) {
  if (document.trust() != v1::SOURCE_TRUST_UNREVIEWED) return "";
  return absl::StrCat("UNREVIEWED: source set ", document.source_set(), " is not trusted");
}

std::string StatusText(const v1::Document& document) {
  if (document.status() == v1::DOCUMENT_STATUS_CURRENT || document.status() == v1::DOCUMENT_STATUS_UNSPECIFIED) {
    return "";
  }
  std::string text = absl::AsciiStrToUpper(EnumLabel(v1::DocumentStatus_Name(document.status()), "DOCUMENT_STATUS_"));
  if (document.superseded_by_size() > 0) absl::StrAppend(&text, " by ", absl::StrJoin(document.superseded_by(), ", "));
  if (!document.status_reason().empty()) absl::StrAppend(&text, ": ", document.status_reason());
  return text;
}

}  // namespace

std::string DateText(const v1::Date& date) {
  if (date.year() == 0) return "no date";
  if (date.month() == 0) return absl::StrCat(date.year());
  if (date.day() == 0) return absl::StrFormat("%d-%02d", date.year(), date.month());
  return absl::StrFormat("%d-%02d-%02d", date.year(), date.month(), date.day());
}

void PrintSource(const v1::Document& document, absl::string_view label, const Console& console) {
  const std::string indent(label.size(), ' ');
  const std::string title = document.title().empty() ? "(no title)" : document.title();
  *console.out << Emphasised(console, Emphasis::kStrong, Wrapped(title, label, indent, console.width));
  const std::string origin = JoinedSkippingEmpty({document.publisher(), DateText(document.publication_date()),
                                                  KindText(document.kind()), document.jurisdiction()});
  *console.out << Wrapped(origin, indent, indent, console.width);
  *console.out << Emphasised(console, EmphasisOf(document.status()),
                             Wrapped(StatusText(document), indent, indent, console.width));
  *console.out << Emphasised(console, Emphasis::kWarning, Wrapped(TrustText(document), indent, indent, console.width));
}

void PrintSourceSet(const v1::SourceSet& set, const Console& console) {
  const bool trusted = set.trust() == v1::SOURCE_TRUST_TRUSTED;
  *console.out << OneLine(set.name()) << "  " << (trusted ? "trusted" : "unreviewed") << " · "
               << Grouped(set.documents()) << (set.documents() == 1 ? " document" : " documents") << "\n";
  if (!set.withdrawn()) return;
  const std::string text = absl::StrCat("WITHDRAWN ", DateText(set.withdrawal_date()),
                                        set.reason().empty() ? "" : absl::StrCat(": ", set.reason()));
  *console.out << Emphasised(console, Emphasis::kAlarm, Wrapped(text, "  ", "  ", console.width));
}

void PrintUpsert(const v1::UpsertDocumentsResponse& response, const Console& console) {
  for (const v1::UpsertedDocument& document : response.documents()) {
    *console.out << OneLine(document.name()) << "  "
                 << EnumLabel(v1::UpsertOutcome_Name(document.outcome()), "UPSERT_OUTCOME_") << "\n";
  }
  for (const v1::JobProblem& problem : response.problems()) {
    const std::string text =
        absl::StrCat(problem.warning() ? "warning: " : "problem: ", problem.source(), ": ",
                     problem.location().empty() ? "" : absl::StrCat(problem.location(), ": "), problem.reason());
    *console.out << Emphasised(console, Emphasis::kWarning, Wrapped(text, "  ", "  ", console.width));
  }
  if (response.documents().empty()) *console.out << "The file holds no document that can be used.\n";
}

std::string PlaceText(const v1::Passage& passage) {
  const auto& headings = passage.heading_path();
  const bool repeated = !headings.empty() && absl::EqualsIgnoreCase(*headings.rbegin(), passage.section_label());
  return JoinedSkippingEmpty({absl::StrJoin(headings, " > "), repeated ? "" : passage.section_label(),
                              passage.has_page() ? absl::StrCat("page ", passage.page()) : ""});
}

}  // namespace bedside
