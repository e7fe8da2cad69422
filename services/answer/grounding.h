// Whether the passages that a model's sentence cites hold what it says: all of its numbers, and at least half of its
// distinct terms. By words, not by meaning: it catches wrong doses, invented results and a prompt that is repeated, but
// neither a negation that was lost nor words put together wrongly; and it costs answers that only paraphrase.
#ifndef BEDSIDE_SERVICES_ANSWER_GROUNDING_H_
#define BEDSIDE_SERVICES_ANSWER_GROUNDING_H_

#include <set>
#include <string>
#include <vector>

#include "index/text/lexical_analyzer.h"
#include "services/answer/citation_parser.h"
#include "services/answer/evidence_source.h"
#include "services/answer/term_set.h"

namespace bedside {

// Immutable, thread-safe. A millisecond for eight passages.
class Grounding {
 public:
  // `analyzer` must outlive it; `evidence` need not.
  Grounding(const LexicalAnalyzer* analyzer, const std::vector<EvidencePassage>& evidence);

  // REQUIRES: 1 <= number <= size of the evidence, for each of `sentence.numbers`
  bool Supports(const CitedSentence& sentence) const;

 private:
  struct Held {
    TermSet terms;
    std::set<std::string> numbers;
  };

  const LexicalAnalyzer* analyzer_;
  // Of each passage, as the model saw it.
  std::vector<Held> held_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_GROUNDING_H_
