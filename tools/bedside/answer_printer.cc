#include "tools/bedside/answer_printer.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tools/bedside/interpretation_printer.h"
#include "tools/bedside/record_use_text.h"
#include "tools/bedside/source_printer.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

// Spans of documents by evidence number, in order, each once.
using CitedSpans = std::map<int, std::set<std::pair<uint32_t, uint32_t>>>;

// Of a recorded answer: its document was deleted, or it had words of the question.
constexpr absl::string_view kWithheld = "(not kept, or its source was deleted)";

// " (NOT SUPPORTED by what it cites: number, name)"; "" where it is.
std::string IssuesText(const v1::AnswerSentence& sentence) {
  std::set<std::string> issues;
  for (const v1::GroundingIssue& issue : sentence.issues()) {
    issues.insert(EnumLabel(v1::GroundingIssueKind_Name(issue.kind()), "GROUNDING_ISSUE_KIND_"));
  }
  if (issues.empty()) return "";
  return absl::StrCat(" (NOT SUPPORTED by what it cites: ", absl::StrJoin(issues, ", "), ")");
}

// The sentence with "[n]" behind it for each piece of evidence that it cites.
std::string MarkedText(const v1::AnswerSentence& sentence) {
  std::set<int> numbers;
  for (const v1::Citation& citation : sentence.citations()) numbers.insert(citation.evidence_number());
  const absl::string_view said = sentence.text().empty() ? kWithheld : absl::string_view(sentence.text());
  const std::string text = absl::StrCat(said, IssuesText(sentence));
  return numbers.empty() ? text : absl::StrCat(text, " [", absl::StrJoin(numbers, "]["), "]");
}

CitedSpans SpansOf(const v1::AnswerText& text) {
  CitedSpans spans;
  for (const v1::AnswerSentence& sentence : text.sentences()) {
    for (const v1::Citation& citation : sentence.citations()) {
      spans[citation.evidence_number()].emplace(citation.span().begin(), citation.span().end());
    }
  }
  return spans;
}

std::string QuoteOf(const v1::Passage& passage, std::pair<uint32_t, uint32_t> span) {
  if (passage.text().empty()) return "(its rights do not allow the text to be shown, or it is not there any more)";
  const auto [begin, end] = span;
  const uint32_t offset = passage.span().begin();
  if (begin < offset || begin >= end || end - offset > passage.text().size()) {
    return absl::StrCat("(the citation points outside the passage: bytes ", begin, " to ", end, ")");
  }
  return absl::StrCat("\"", passage.text().substr(begin - offset, end - begin), "\"");
}

void PrintCited(const v1::Basis& basis, int number, const std::set<std::pair<uint32_t, uint32_t>>& spans,
                const Console& console) {
  const std::string label = absl::StrFormat("[%d] ", number);
  if (number < 1 || number > basis.evidence_size()) {
    *console.out << Emphasised(console, Emphasis::kAlarm, absl::StrCat(label, "(the answer holds no such source)\n"));
    return;
  }
  const v1::Evidence& evidence = basis.evidence(number - 1);
  const std::string indent(label.size(), ' ');
  PrintSource(evidence.document(), label, console);
  *console.out << Wrapped(PlaceText(evidence.passage()), indent, indent, console.width);
  for (const auto& span : spans) {
    *console.out << Wrapped(QuoteOf(evidence.passage(), span), absl::StrCat(indent, "  "), absl::StrCat(indent, "  "),
                            console.width);
  }
  *console.out << Emphasised(console, Emphasis::kFaint,
                             absl::StrCat(indent, OneLine(evidence.document().name()), "\n"));
  for (const std::string& name : evidence.also_in()) {
    *console.out << Emphasised(console, Emphasis::kFaint, absl::StrCat(indent, "also in ", OneLine(name), "\n"));
  }
}

// "American Heart Association, 2025, US", as far as it is known.
std::string SpeakerText(const v1::ConflictSide& side) {
  std::vector<std::string> parts;
  if (!side.publisher().empty()) parts.push_back(OneLine(side.publisher()));
  if (side.publication_date().year() != 0) parts.push_back(absl::StrCat(side.publication_date().year()));
  if (!side.jurisdiction().empty()) parts.push_back(OneLine(side.jurisdiction()));
  return parts.empty() ? "A guideline whose body, year and country are not known" : absl::StrJoin(parts, ", ");
}

// Those that disagree, one under the other.
void PrintConflicts(const v1::AnswerText& text, const v1::Basis& basis, const Console& console) {
  for (int i = 0; i < basis.conflicts_size(); ++i) {
    *console.out << Emphasised(console, Emphasis::kWarning, "Guidelines disagree") << "\n";
    for (const v1::AnswerSentence& sentence : text.sentences()) {
      if (sentence.conflict() != i + 1 || sentence.citations().empty()) continue;
      for (const v1::ConflictSide& side : basis.conflicts(i).sides()) {
        if (side.evidence_number() != sentence.citations(0).evidence_number()) continue;
        *console.out << Wrapped(absl::StrCat(SpeakerText(side), ": ", MarkedText(sentence)), "- ", "  ", console.width);
      }
    }
    *console.out << "\n";
  }
}

void PrintText(const v1::AnswerText& text, const v1::Basis& basis, const Console& console) {
  PrintConflicts(text, basis, console);
  for (const v1::AnswerSentence& sentence : text.sentences()) {
    if (sentence.conflict() != 0) continue;
    *console.out << Wrapped(MarkedText(sentence), "", "  ", console.width);
  }
  *console.out << "\n" << Emphasised(console, Emphasis::kStrong, "Sources") << "\n";
  for (const auto& [number, spans] : SpansOf(text)) PrintCited(basis, number, spans, console);
}

void PrintAbstention(const v1::Abstention& abstention, const Console& console) {
  const std::string reason = EnumLabel(v1::AbstentionReason_Name(abstention.reason()), "ABSTENTION_REASON_");
  *console.out << Emphasised(console, Emphasis::kWarning, absl::StrCat("No answer: ", reason, ".")) << "\n"
               << Wrapped(abstention.message(), "", "", console.width);
}

void PrintNote(absl::string_view note, const Console& console) {
  *console.out << Emphasised(console, Emphasis::kWarning, Wrapped(note, "Note: ", "      ", console.width));
}

void PrintNotes(const v1::Basis& basis, const Console& console) {
  PrintInterpretation(basis.interpretation(), console);
  for (const v1::AnswerWarning& warning : basis.warnings()) PrintNote(warning.message(), console);
  if (basis.has_patient_context()) PrintNote(RecordUseText(basis.patient_context()), console);
  for (const std::string& degraded : basis.degraded()) PrintNote(degraded, console);
  if (basis.removed_sentences() > 0) {
    PrintNote(
        absl::StrCat("sentences of the generator without evidence that were removed: ", basis.removed_sentences()),
        console);
  }
  if (basis.removed_citations() > 0) {
    PrintNote(
        absl::StrCat("citations of the generator to unknown evidence that were removed: ", basis.removed_citations()),
        console);
  }
}

void PrintBasis(const v1::Basis& basis, const Console& console) {
  const auto& total = basis.timings().total();
  const std::string method = absl::StrFormat(
      "%s · %d passages offered · %s · change %d · %d ms", basis.generator(), basis.evidence_size(),
      basis.view().generation(), basis.view().change_sequence(), total.seconds() * 1000 + total.nanos() / 1000000);
  *console.out << Emphasised(console, Emphasis::kFaint, Wrapped(method, "", "", console.width));
}

void PrintName(const v1::Answer& answer, const Console& console) {
  if (answer.name().empty()) return;
  *console.out << Emphasised(console, Emphasis::kFaint, absl::StrCat(OneLine(answer.name()), "\n"));
}

}  // namespace

void PrintAnswer(const v1::Answer& answer, const Console& console) {
  if (answer.has_text()) {
    PrintText(answer.text(), answer.basis(), console);
  } else {
    PrintAbstention(answer.abstention(), console);
  }
  *console.out << "\n";
  PrintNotes(answer.basis(), console);
  PrintBasis(answer.basis(), console);
  PrintName(answer, console);
}

}  // namespace bedside
