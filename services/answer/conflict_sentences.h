// How guidelines that disagree are shown: side by side, before everything else, whoever writes the rest of an answer.
#ifndef BEDSIDE_SERVICES_ANSWER_CONFLICT_SENTENCES_H_
#define BEDSIDE_SERVICES_ANSWER_CONFLICT_SENTENCES_H_

#include <vector>

#include "proto/bedside/v1/answer.pb.h"
#include "services/answer/conflict_finder.h"
#include "services/answer/evidence_source.h"

namespace bedside {

// Keeps the conflicts of which a side is among `statements`, the ones that answer the question best: that guidelines
// disagree about something else is no part of the answer.
std::vector<FoundConflict> ConflictsIn(const std::vector<v1::AnswerSentence>& statements,
                                       std::vector<FoundConflict> found);

// One a side, those of one conflict together; each says its status where that is not simply current.
std::vector<v1::AnswerSentence> SentencesOf(const std::vector<FoundConflict>& conflicts,
                                            const std::vector<EvidencePassage>& evidence);

// Drops those that quote what a side quotes.
std::vector<v1::AnswerSentence> WithoutSides(std::vector<v1::AnswerSentence> sentences,
                                             const std::vector<v1::AnswerSentence>& sides);

// CONFLICTING_EVIDENCE, with the numbers of the evidence.
v1::AnswerWarning ConflictWarning(const v1::EvidenceConflict& conflict);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_CONFLICT_SENTENCES_H_
