// What one term adds to the lexical score of a passage.
#ifndef BEDSIDE_INDEX_LEXICAL_TERM_SCORE_H_
#define BEDSIDE_INDEX_LEXICAL_TERM_SCORE_H_

#include <string>

namespace bedside {

struct TermScore {
  // As LexicalAnalyzer makes it.
  std::string term;
  // In the question; of a term that it repeats, the sum.
  float weight;
  // Above 0.
  double score;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_TERM_SCORE_H_
