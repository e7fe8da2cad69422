#include "services/answer/evidence_filter.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/answer/prompt_passages.h"
#include "services/grounding/term_set.h"
#include "services/resources/evidence_messages.h"

namespace bedside {
namespace {

constexpr double kMinShareOfTerms = 0.5;

absl::string_view ShownTextOf(const EvidencePassage& found) {
  return ShownText(*found.document, found.passage.begin(), found.passage.end());
}

double ShareOfTerms(const TermSet& question, const EvidencePassage& found, const LexicalAnalyzer& analyzer) {
  const TermSet held =
      TermsOf(analyzer, absl::StrCat(found.document->title(), "\n", absl::StrJoin(found.passage.heading_path(), "\n"),
                                     "\n", ShownTextOf(found)));
  if (question.empty()) return 0;
  return static_cast<double>(CountShared(question, held)) / question.size();
}

bool BearsOnQuestion(const EvidencePassage& found, double min_relevance) {
  return found.bears_on_question.value_or(found.relevance >= min_relevance);
}

}  // namespace

FilteredEvidence FilterEvidence(const RetrievedEvidence& found, absl::string_view question, double min_relevance,
                                const LexicalAnalyzer& analyzer) {
  FilteredEvidence filtered;
  filtered.corpus_is_empty = found.corpus_is_empty;
  filtered.nothing_in_force = found.nothing_in_force;
  filtered.by_words = absl::c_linear_search(found.degraded, "dense");
  const TermSet terms = filtered.by_words ? TermsOf(analyzer, question) : TermSet();
  for (const EvidencePassage& passage : found.passages) {
    if (ShownTextOf(passage).empty()) {
      ++filtered.not_shown;
    } else if (filtered.by_words ? ShareOfTerms(terms, passage, analyzer) < kMinShareOfTerms
                                 : !BearsOnQuestion(passage, min_relevance)) {
      ++filtered.weak;
    } else {
      filtered.passages.push_back(passage);
    }
  }
  return filtered;
}

void SetSuspectsApart(const InstructionDetector& detector, FilteredEvidence* filtered) {
  for (EvidencePassage& passage : filtered->passages) {
    const PromptPassage shown = PromptPassageOf(passage);
    passage.addresses_model =
        absl::c_any_of(std::initializer_list<absl::string_view>{shown.title, shown.publisher, shown.grade,
                                                                shown.section, shown.context, shown.text},
                       [&detector](absl::string_view text) { return detector.AddressesModel(text); });
  }
  const auto first = std::stable_partition(filtered->passages.begin(), filtered->passages.end(),
                                           [](const EvidencePassage& passage) { return !passage.addresses_model; });
  filtered->suspect = static_cast<size_t>(filtered->passages.end() - first);
}

}  // namespace bedside
