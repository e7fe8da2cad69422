// Where the words of a claim stand in the sentences of its sources.
#ifndef BEDSIDE_SERVICES_GROUNDING_WORD_SUPPORT_H_
#define BEDSIDE_SERVICES_GROUNDING_WORD_SUPPORT_H_

#include <vector>

#include "services/grounding/source_reading.h"
#include "services/grounding/term_set.h"

namespace bedside {

// One sentence, or two neighbours of a source.
struct CarryingWindow {
  const HeldSentence* first;
  // The same as `first`: one sentence.
  const HeldSentence* last;
};

struct WordSupport {
  // That which holds most of the claim's terms, then those that hold most of what is still missing; at most three. One
  // sentence goes before two. Empty where no sentence shares a term with the claim.
  std::vector<CarryingWindow> windows;
  // Of the windows, and of what is around the text of the sources.
  TermSet terms;
  // Share of the claim's terms that the windows hold, 0 to 1.
  double coverage = 0;
};

WordSupport FindWords(const ReadText& claim, const CitedText& cited);

// The sentences that share most terms with the claim, most first; at most `most`.
std::vector<const HeldSentence*> NearestByWords(const ReadText& claim, const CitedText& cited, size_t most);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_WORD_SUPPORT_H_
