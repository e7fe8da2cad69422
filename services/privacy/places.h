// Finds places smaller than a state, and institutions: by lists of cities, by words that a place follows ("lives in")
// and by words that end the name of one ("... County", "... Hospital"). A score or criterion that is called after a
// city is none. Thread-safe.
#ifndef BEDSIDE_SERVICES_PRIVACY_PLACES_H_
#define BEDSIDE_SERVICES_PRIVACY_PLACES_H_

#include <vector>

#include "services/privacy/identifier_candidate.h"
#include "services/privacy/word_scan.h"

namespace bedside {

// Appends the places among `words`. Expected linear time.
void FindPlaces(const std::vector<ScannedWord>& words, IdentifierCandidates* found);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PRIVACY_PLACES_H_
