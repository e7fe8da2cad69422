// Evidence as what sentences are checked against (services/grounding), and what that finds as public messages.
#ifndef BEDSIDE_SERVICES_ANSWER_CHECKED_EVIDENCE_H_
#define BEDSIDE_SERVICES_ANSWER_CHECKED_EVIDENCE_H_

#include <string>
#include <vector>

#include "proto/bedside/v1/answer.pb.h"
#include "services/answer/evidence_source.h"
#include "services/grounding/grounding_verdict.h"
#include "services/grounding/source_reading.h"

namespace bedside {

// A passage as the prompt shows it, so only as far as the rights of its source allow.
GroundingSource SourceOf(const EvidencePassage& evidence);

// For each source the bytes of its document before the text that was checked.
using TextBegins = std::vector<uint32_t>;

// `sentence` is what was checked. REQUIRES: `begins` has an entry for each source of the verdict
std::vector<v1::Citation> CitationsOf(const GroundingVerdict& verdict, const TextBegins& begins);
std::vector<v1::GroundingIssue> IssuesOf(const GroundingVerdict& verdict, const std::string& sentence,
                                         const TextBegins& begins);

// Adds each kind that the verdict has to the counts, once.
void CountIssues(const GroundingVerdict& verdict, v1::Basis* basis);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_CHECKED_EVIDENCE_H_
