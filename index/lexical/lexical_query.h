// The terms of a question with the weight that each has in all segments of a corpus, so that scores of passages of
// different segments compare.
#ifndef BEDSIDE_INDEX_LEXICAL_LEXICAL_QUERY_H_
#define BEDSIDE_INDEX_LEXICAL_LEXICAL_QUERY_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "absl/types/span.h"
#include "index/text/weighted_term.h"

namespace bedside {

struct LexicalQuery {
  // By term: its weight times inverse document frequency, divided by `scale` and rounded; at least 1.
  std::map<std::string, uint32_t> weights;
  // A power of two. The weights, times the highest impact, add up to less than 2^32.
  double scale = 1;
};

// The weights of a term that is repeated add up; one that no passage holds is left out. `holders`: how many of the
// `passages` of the corpus hold a term. REQUIRES: weights are above 0
LexicalQuery MakeLexicalQuery(absl::Span<const WeightedTerm> terms, size_t passages,
                              const std::function<size_t(const std::string& term)>& holders);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_LEXICAL_QUERY_H_
