// Whether a claim says that something is so where its sources say so, and not that it is not so, or is the other way
// round: negations that were added or lost, and words that were turned into their opposite (opposites.h), each found by
// its surroundings (likeness.h). English.
#ifndef BEDSIDE_SERVICES_GROUNDING_POLARITY_CHECK_H_
#define BEDSIDE_SERVICES_GROUNDING_POLARITY_CHECK_H_

#include <vector>

#include "services/grounding/grounding_verdict.h"
#include "services/grounding/source_reading.h"

namespace bedside {

// At most one issue a negation, and one a word that has an opposite. Thread-safe.
std::vector<GroundingIssue> CheckPolarity(const ReadText& claim, const CitedText& cited);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_POLARITY_CHECK_H_
