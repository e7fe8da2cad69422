// The part of a Basis that is known before anything is generated.
#ifndef BEDSIDE_SERVICES_ANSWER_BASIS_H_
#define BEDSIDE_SERVICES_ANSWER_BASIS_H_

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/answer.pb.h"
#include "services/answer/evidence_filter.h"
#include "services/answer/evidence_source.h"

namespace bedside {

// Evidence (what the filter kept), view, embedder, how the question was understood, and the degraded paths of retrieval
// and filter.
v1::Basis BasisOf(absl::string_view corpus, const RetrievedEvidence& found, const FilteredEvidence& filtered);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_BASIS_H_
