// Keeps the passages that bear on a question closely enough to answer from.
#ifndef BEDSIDE_SERVICES_ANSWER_EVIDENCE_FILTER_H_
#define BEDSIDE_SERVICES_ANSWER_EVIDENCE_FILTER_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/lexical_analyzer.h"
#include "services/answer/evidence_source.h"
#include "services/generation/instruction_detector.h"

namespace bedside {

struct FilteredEvidence {
  // As ranked, but for `suspect` passages, which come last.
  std::vector<EvidencePassage> passages;
  // Of `passages`: those that address a language model. Nothing is answered from them.
  size_t suspect = 0;
  // Passages dropped because they do not bear on the question, and because their source does not let them be shown.
  size_t weak = 0;
  size_t not_shown = 0;
  // There were no cosines, so passages were judged by the words that they share with the question.
  bool by_words = false;
  // See RetrievedEvidence.
  bool corpus_is_empty = false;
  bool nothing_in_force = false;

  // What may be answered from.
  std::vector<EvidencePassage> sound() const {
    return {passages.begin(), passages.end() - static_cast<std::ptrdiff_t>(suspect)};
  }
};

// Keeps passages that bear on the question by the judgement of the ranker, or, where none judged them, whose cosine
// with it is at least `min_relevance`. Without dense search there is neither; then a passage is kept when it, its
// headings or its title hold at least half of the question's distinct terms. Whatever may not be shown is dropped.
FilteredEvidence FilterEvidence(const RetrievedEvidence& found, absl::string_view question, double min_relevance,
                                const LexicalAnalyzer& analyzer);

// Finds the suspect ones by title, headings, what stands above lists and tables, and text.
void SetSuspectsApart(const InstructionDetector& detector, FilteredEvidence* filtered);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_EVIDENCE_FILTER_H_
