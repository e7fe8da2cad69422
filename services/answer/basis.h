// The part of a Basis that is known before anything is generated.
#ifndef BEDSIDE_SERVICES_ANSWER_BASIS_H_
#define BEDSIDE_SERVICES_ANSWER_BASIS_H_

#include <vector>

#include "proto/bedside/v1/answer.pb.h"
#include "services/answer/answer_settings.h"
#include "services/answer/evidence_filter.h"
#include "services/answer/evidence_source.h"

namespace bedside {

// Evidence (what the filter kept) with its digests, view, embedder, how the question was understood, the degraded paths
// of retrieval and filter; inputs, the stages of retrieval, those of `models` that ran in them, limits, and the age of
// the evidence; warnings of old evidence and, where the question `tells_of_emergency` as asked
// or as corrected, of that first. `question.now`: see FindAgeWarnings.
v1::Basis BasisOf(const EvidenceQuestion& question, const RetrievedEvidence& found, const FilteredEvidence& filtered,
                  const AnswerSettings& settings, const std::vector<v1::ModelIdentity>& models,
                  bool tells_of_emergency);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_BASIS_H_
