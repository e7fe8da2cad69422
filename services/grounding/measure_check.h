// Whether the numbers of a claim are those of its sources, each with its unit and its comparison, and each beside what
// it stands beside there: a dose that moved to another drug, two numbers that were exchanged, and the ends of two
// ranges made into one are found by their surroundings (likeness.h), so best in claims that keep the words of the
// source.
#ifndef BEDSIDE_SERVICES_GROUNDING_MEASURE_CHECK_H_
#define BEDSIDE_SERVICES_GROUNDING_MEASURE_CHECK_H_

#include <vector>

#include "services/grounding/grounding_verdict.h"
#include "services/grounding/source_reading.h"

namespace bedside {

// At most one issue a number. Thread-safe.
std::vector<GroundingIssue> CheckMeasures(const ReadText& claim, const CitedText& cited);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_MEASURE_CHECK_H_
