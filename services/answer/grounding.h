// Whether the passages that a model's sentence cites hold what it says. They must hold
//   - all of its numbers, each with its unit, and not with another bound ("below", "at least") than theirs
//   (measures.h),
//   - all of its words but connecting ones ("recommended", "patients"), and at least half of its distinct terms,
//   - a statement like it that negates an odd number of times when it does, and an even number when it does not,
// and it must be more than a repetition of their titles, as a list of sources is.
//
// By words, not by meaning. It catches wrong drugs, doses and units, comparisons that are turned round, invented
// results, lost and added negations, and a prompt that is repeated. It does not catch words of a passage put together
// wrongly (the dose of one drug said of another in the same passage), nor who is meant; and it costs sentences that
// paraphrase or join several statements.
#ifndef BEDSIDE_SERVICES_ANSWER_GROUNDING_H_
#define BEDSIDE_SERVICES_ANSWER_GROUNDING_H_

#include <vector>

#include "index/text/lexical_analyzer.h"
#include "index/text/sentence_splitter.h"
#include "services/answer/citation_parser.h"
#include "services/answer/evidence_source.h"
#include "services/grounding/measures.h"
#include "services/grounding/term_set.h"

namespace bedside {

// Immutable, thread-safe. A millisecond for eight passages.
class Grounding {
 public:
  // `analyzer` must outlive it; `splitter` and `evidence` need not.
  Grounding(const LexicalAnalyzer* analyzer, const SentenceSplitter& splitter,
            const std::vector<EvidencePassage>& evidence);

  // REQUIRES: 1 <= number <= size of the evidence, for each of `sentence.numbers`
  bool Supports(const CitedSentence& sentence) const;

 private:
  struct Statement {
    TermSet terms;
    bool negated_oddly;
  };
  // A passage, as the model saw it.
  struct Held {
    TermSet terms;
    Measures measures;
    std::vector<Statement> statements;
    // Of title, publisher and year.
    TermSet source;
  };

  Held Read(const EvidencePassage& passage, const SentenceSplitter& splitter) const;
  bool HoldsItsWords(absl::string_view sentence, const TermSet& cited) const;
  bool HoldsWord(absl::string_view word, const TermSet& cited) const;
  bool NegatesAlike(const CitedSentence& sentence, const TermSet& said) const;
  bool OnlyNamesTheSource(const CitedSentence& sentence, const TermSet& said) const;

  const LexicalAnalyzer* analyzer_;
  const TermSet connecting_;
  std::vector<Held> held_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_GROUNDING_H_
