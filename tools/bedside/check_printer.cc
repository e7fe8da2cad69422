#include "tools/bedside/check_printer.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

// "supported [1][3]"
std::string SupportText(const v1::CheckedSentence& sentence) {
  std::set<int> numbers;
  for (const v1::Citation& citation : sentence.citations()) numbers.insert(citation.evidence_number());
  return numbers.empty() ? "supported" : absl::StrCat("supported [", absl::StrJoin(numbers, "]["), "]");
}

// "number: \"160 mg\", against [1] bytes 13 to 19"
std::string IssueText(const v1::GroundingIssue& issue) {
  const std::string& name = v1::GroundingIssueKind_Name(issue.kind());
  std::string text = name.empty() ? "another issue" : EnumLabel(name, "GROUNDING_ISSUE_KIND_");
  if (!issue.said().empty()) absl::StrAppend(&text, ": \"", issue.said(), "\"");
  if (issue.evidence_number() == 0) return text;
  return absl::StrCat(text, ", against [", issue.evidence_number(), "] bytes ", issue.span().begin(), " to ",
                      issue.span().end());
}

void PrintSentence(const v1::CheckedSentence& sentence, const Console& console) {
  *console.out << Wrapped(sentence.text(), "", "", console.width);
  if (sentence.supported()) {
    *console.out << Emphasised(console, Emphasis::kFaint, absl::StrCat("  ", SupportText(sentence), "\n"));
    return;
  }
  *console.out << Emphasised(console, Emphasis::kWarning, "  NOT SUPPORTED") << "\n";
  for (const v1::GroundingIssue& issue : sentence.issues()) {
    *console.out << Wrapped(IssueText(issue), "  ", "    ", console.width);
  }
}

}  // namespace

void PrintCheck(const v1::CheckGroundingResponse& response, const Console& console) {
  const auto supported = std::count_if(response.sentences().begin(), response.sentences().end(),
                                       [](const v1::CheckedSentence& sentence) { return sentence.supported(); });
  for (const v1::CheckedSentence& sentence : response.sentences()) PrintSentence(sentence, console);
  *console.out << "\n" << supported << " of " << response.sentences_size() << " sentences are supported.\n";
  for (const std::string& degraded : response.degraded()) {
    *console.out << Emphasised(console, Emphasis::kWarning, Wrapped(degraded, "Note: ", "      ", console.width));
  }
}

}  // namespace bedside
