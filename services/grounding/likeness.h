// How alike the surroundings of two places in sentences are: where a number, a drug or a negation of one sentence
// stands in another one.
#ifndef BEDSIDE_SERVICES_GROUNDING_LIKENESS_H_
#define BEDSIDE_SERVICES_GROUNDING_LIKENESS_H_

#include <cstddef>
#include <vector>

#include "services/grounding/sentence_reading.h"

namespace bedside {

// A place between two tokens, or that of some tokens: what stands before it and what stands behind it.
struct Place {
  const std::vector<Token>* tokens;
  // Tokens [0, before) stand before it, [behind, size) behind it.
  size_t before;
  size_t behind;
};

// That of one token.
inline Place PlaceOf(const SentenceReading& reading, size_t token) { return {&reading.tokens, token, token + 1}; }

// 0 to 1: the share of the surroundings of `said`, six tokens on each side, which `held` has too. What is near weighs
// more, words of grammar weigh less; what stands at another distance counts less, and on the other side much less.
// 1 where all is the same; 0 where nothing surrounds `said`. Symmetric only where both have equally many tokens around.
double Likeness(const Place& said, const Place& held);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_LIKENESS_H_
