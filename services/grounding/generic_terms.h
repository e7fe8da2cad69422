// Words that say nothing of what a clinical text is about: those that ask, and those that any such text holds. English.
// Thread-safe. Each set is made at the first call, by that analyzer: all analyzers are alike.
#ifndef BEDSIDE_SERVICES_GROUNDING_GENERIC_TERMS_H_
#define BEDSIDE_SERVICES_GROUNDING_GENERIC_TERMS_H_

#include "index/text/lexical_analyzer.h"
#include "services/grounding/term_set.h"

namespace bedside {

// Of all these words: they do not name the subject of a question.
const TermSet& GenericTerms(const LexicalAnalyzer& analyzer);

// Of those that claim nothing either ("recommended", "patients"): words that a paraphrase may add. Not "safe",
// "reduces", "first-line" or "daily". In one spelling (term_set.h).
const TermSet& ConnectingTerms(const LexicalAnalyzer& analyzer);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_GENERIC_TERMS_H_
