// Whether a sentence says something of what it names: titles of articles stand in texts as sentences do. English.
// Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_VERB_CUES_H_
#define BEDSIDE_SERVICES_ANSWER_VERB_CUES_H_

#include "absl/strings/string_view.h"

namespace bedside {

// "Recent advances in vaccines against malaria.", "Mice immunised with liposomes.": no verb of the sentence itself is
// found, by a list of verbs, and nothing says what the first name is, as in "Enasidenib: first inhibitor of IDH2" and
// "TAL1 as a master transcription factor".
bool NamesWithoutSaying(absl::string_view sentence);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_VERB_CUES_H_
