// Finds names of people: by titles ("Mr", "Dr"), by words that a name follows ("patient named", "my wife"), by what is
// said of somebody ("..., a 54-year-old", "... presented with"), and by lists of common names. A name of a disease, a
// sign or a score after somebody (language_words.h) is not a name here, and a word that is a name as well is one only
// beside another name or behind a cue. Thread-safe.
#ifndef BEDSIDE_SERVICES_PRIVACY_PERSON_NAMES_H_
#define BEDSIDE_SERVICES_PRIVACY_PERSON_NAMES_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "services/privacy/identifier_candidate.h"
#include "services/privacy/word_scan.h"

namespace bedside {

// Appends the names among `words` of `text`. Expected linear time.
void FindPersonNames(absl::string_view text, const std::vector<ScannedWord>& words, IdentifierCandidates* found);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PRIVACY_PERSON_NAMES_H_
