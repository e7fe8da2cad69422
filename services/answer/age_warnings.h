// What is said of evidence that is older than a site allows.
#ifndef BEDSIDE_SERVICES_ANSWER_AGE_WARNINGS_H_
#define BEDSIDE_SERVICES_ANSWER_AGE_WARNINGS_H_

#include <vector>

#include "absl/time/time.h"
#include "proto/bedside/v1/basis.pb.h"

namespace bedside {

// Days from which on the evidence is old; 0: never.
struct AgeLimits {
  int generation_days = 365;
  int status_days = 0;
  int source_days = 3650;
};

// One warning a limit that is reached. `now`: InfinitePast() finds nothing old. A generation of unknown age is not old;
// a corpus without a status is as old as its generation; where `has_evidence`, no date at all is old. A date without
// month or day is taken to be the last day that it may be.
std::vector<v1::AnswerWarning> FindAgeWarnings(const v1::EvidenceAge& age, bool has_evidence, const AgeLimits& limits,
                                               absl::Time now);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_AGE_WARNINGS_H_
