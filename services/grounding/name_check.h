// Whether the drugs, diseases and symbols that a claim names are those of its sources: each stands there, by this or
// another name of the same thing or as an abbreviation of words that stand there, and no drug has taken the place of
// another one.
//
// What is a name is told by the word alone: drugs by index/query/drug_names.h, diseases by their ending ("-itis"),
// genes, trials and abbreviations by capitals and digits. English.
#ifndef BEDSIDE_SERVICES_GROUNDING_NAME_CHECK_H_
#define BEDSIDE_SERVICES_GROUNDING_NAME_CHECK_H_

#include <vector>

#include "index/text/lexical_analyzer.h"
#include "services/grounding/grounding_verdict.h"
#include "services/grounding/source_reading.h"

namespace bedside {

// At most one issue a name. Thread-safe.
std::vector<GroundingIssue> CheckNames(const LexicalAnalyzer& analyzer, const ReadText& claim, const CitedText& cited);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_NAME_CHECK_H_
