// A term of a question and how much it counts: 1 for a term that was asked, less for one that was added to it.
#ifndef BEDSIDE_INDEX_TEXT_WEIGHTED_TERM_H_
#define BEDSIDE_INDEX_TEXT_WEIGHTED_TERM_H_

#include <string>

namespace bedside {

struct WeightedTerm {
  // As LexicalAnalyzer makes it.
  std::string term;
  // Factor of the term's score, above 0.
  float weight;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_TEXT_WEIGHTED_TERM_H_
