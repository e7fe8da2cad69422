// Words that tell that a name of a person or a place stands beside them. Lower case.
#ifndef BEDSIDE_SERVICES_PRIVACY_NAME_CUES_H_
#define BEDSIDE_SERVICES_PRIVACY_NAME_CUES_H_

#include "services/privacy/language_words.h"

namespace bedside {

// "mr", "dr".
const WordSet& Titles();
// "patient", "wife": a capital behind them begins a name.
const WordSet& PersonNouns();
// "named", "name".
const WordSet& NamingWords();
// "van", "de": inside a name.
const WordSet& NameParticles();
// "presented", "lives": somebody does that.
const WordSet& PersonVerbs();

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PRIVACY_NAME_CUES_H_
