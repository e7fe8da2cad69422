// What abbreviations of quoted statements stand for, where the same document defines them in the evidence and the
// statement does not: " (VMPA: vascular-guided multilayer preauricular approach)". English.
#ifndef BEDSIDE_SERVICES_ANSWER_ABBREVIATION_NOTES_H_
#define BEDSIDE_SERVICES_ANSWER_ABBREVIATION_NOTES_H_

#include <vector>

#include "proto/bedside/v1/answer.pb.h"
#include "services/answer/evidence_source.h"

namespace bedside {

// Puts the note behind the text of the first statement that needs it: each definition once in the answer, as the source
// spells it. None of a document that defines it in two ways or whose words are counted, and none of what every reader
// of studies knows ("confidence interval"). The citations stay: the note is of the passages, as headings are.
// Linear in the evidence. REQUIRES: the first citation of each names a piece of `evidence`
void AddAbbreviationNotes(const std::vector<EvidencePassage>& evidence, std::vector<v1::AnswerSentence>* sentences);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_ABBREVIATION_NOTES_H_
