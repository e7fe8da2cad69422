#include "tools/bedside/explanation_printer.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

// "words 0.4 x 1.231", or with what it was not found by: "words 0.4 x -0.731 (not found)".
std::string PartText(absl::string_view name, const v1::FusedPart& part) {
  return absl::StrFormat("%s %g x %.3f%s", name, part.weight(), part.standardised(),
                         part.has_score() ? "" : " (not found)");
}

std::string TermText(const v1::TermExplanation& term) {
  const std::string text = absl::StrFormat("%s %.2f", term.term(), term.score());
  return term.added() ? absl::StrFormat("%s (added, x %g)", text, term.weight()) : text;
}

std::vector<std::pair<const char*, double>> PriorsOf(const v1::PriorExplanation& prior) {
  return {{"kind", prior.kind()},
          {"age", prior.age()},
          {"grade", prior.grade()},
          {"jurisdiction", prior.jurisdiction()},
          {"status", prior.status()}};
}

std::string SumText(const v1::SearchHit& hit) {
  const v1::HitExplanation& explanation = hit.explanation();
  std::string text = absl::StrCat(absl::StrFormat("%.3f = ", hit.score()), PartText("words", explanation.lexical()),
                                  " + ", PartText("meaning", explanation.dense()));
  if (explanation.has_second_stage()) absl::StrAppendFormat(&text, " + second stage %.3f", explanation.second_stage());
  double prior = 0;
  for (const auto& part : PriorsOf(explanation.prior())) prior += part.second;
  if (explanation.has_prior()) absl::StrAppendFormat(&text, " + prior %.3f", prior);
  return text;
}

std::string TermsText(const v1::HitExplanation& explanation) {
  std::vector<std::string> terms;
  for (const v1::TermExplanation& term : explanation.terms()) terms.push_back(TermText(term));
  return absl::StrCat(absl::StrFormat("words %.2f = ", explanation.lexical().score()), absl::StrJoin(terms, " + "));
}

std::string PriorText(const v1::PriorExplanation& prior) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : PriorsOf(prior)) {
    if (value != 0) parts.push_back(absl::StrFormat("%s %.3f", name, value));
  }
  return absl::StrCat("prior: ", absl::StrJoin(parts, ", "));
}

}  // namespace

std::string ExplanationText(const v1::SearchHit& hit, absl::string_view indent, size_t width) {
  const v1::HitExplanation& explanation = hit.explanation();
  const std::string inner = absl::StrCat(indent, "  ");
  const std::string innermost = absl::StrCat(inner, "  ");
  std::string text = Wrapped(SumText(hit), absl::StrCat(indent, "why "), inner, width);
  if (explanation.terms_size() > 0) absl::StrAppend(&text, Wrapped(TermsText(explanation), inner, innermost, width));
  if (explanation.has_prior()) absl::StrAppend(&text, Wrapped(PriorText(explanation.prior()), inner, innermost, width));
  return text;
}

}  // namespace bedside
