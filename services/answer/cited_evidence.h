// What an answer cites.
#ifndef BEDSIDE_SERVICES_ANSWER_CITED_EVIDENCE_H_
#define BEDSIDE_SERVICES_ANSWER_CITED_EVIDENCE_H_

#include <functional>
#include <vector>

#include "proto/bedside/v1/answer.pb.h"
#include "services/answer/evidence_source.h"

namespace bedside {

// Calls `visit` with each citation of the answer, in their order: the 1-based index into `evidence`, what is there, and
// the bytes that are cited. Citations outside `evidence` are passed over. Thread-safe.
void ForEachCitation(const v1::AnswerText& answer, const std::vector<EvidencePassage>& evidence,
                     const std::function<void(int number, const EvidencePassage& cited, const v1::Span& span)>& visit);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_CITED_EVIDENCE_H_
