// What abbreviations of quoted statements stand for, where the passage or its document before it defines them and the
// statement does not: " (VMPA: vascular-guided multilayer preauricular approach)". English.
#ifndef BEDSIDE_SERVICES_ANSWER_ABBREVIATION_NOTES_H_
#define BEDSIDE_SERVICES_ANSWER_ABBREVIATION_NOTES_H_

#include <vector>

#include "proto/bedside/v1/answer.pb.h"
#include "services/answer/evidence_source.h"

namespace bedside {

// Puts the note behind the text of the first statement that needs it: each definition once in the answer, as the source
// spells it. None of what is defined in two ways, of a document whose words are counted, of statistics ("HR", "CI"),
// which may be another's there, and of units and numerals. The citations stay, as with headings. Linear in the passage
// and up to 32,000 bytes before it. REQUIRES: the first citation of each names a piece of `evidence`
void AddAbbreviationNotes(const std::vector<EvidencePassage>& evidence, std::vector<v1::AnswerSentence>* sentences);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_ABBREVIATION_NOTES_H_
