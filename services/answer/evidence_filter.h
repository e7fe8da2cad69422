// Keeps the passages that bear on a question closely enough to answer from.
#ifndef BEDSIDE_SERVICES_ANSWER_EVIDENCE_FILTER_H_
#define BEDSIDE_SERVICES_ANSWER_EVIDENCE_FILTER_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/lexical_analyzer.h"
#include "services/answer/evidence_source.h"

namespace bedside {

struct FilteredEvidence {
  // As ranked.
  std::vector<EvidencePassage> passages;
  // Passages dropped because they do not bear on the question, and because their source does not let them be shown.
  size_t weak = 0;
  size_t not_shown = 0;
  // There were no cosines, so passages were judged by the words that they share with the question.
  bool by_words = false;
};

// Keeps passages whose cosine with the question is at least `min_relevance`, but for those that a ranker judged not to
// bear on it. Without dense search there is no cosine; then a passage is kept when it, its headings or its title hold
// at least half of the question's distinct terms. Whatever may not be shown is dropped.
FilteredEvidence FilterEvidence(const RetrievedEvidence& found, absl::string_view question, double min_relevance,
                                const LexicalAnalyzer& analyzer);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_EVIDENCE_FILTER_H_
