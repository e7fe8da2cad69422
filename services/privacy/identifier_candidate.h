// A place of a folded text that identifies somebody, as one of the finders sees it.
#ifndef BEDSIDE_SERVICES_PRIVACY_IDENTIFIER_CANDIDATE_H_
#define BEDSIDE_SERVICES_PRIVACY_IDENTIFIER_CANDIDATE_H_

#include <vector>

#include "index/text/span.h"
#include "proto/bedside/v1/basis.pb.h"

namespace bedside {

struct IdentifierCandidate {
  v1::IdentifierKind kind = v1::IDENTIFIER_KIND_UNSPECIFIED;
  // Bytes of the folded text.
  Span span;
  // Of candidates that overlap, the one with the lowest rank gives its kind.
  int rank = 0;
};

using IdentifierCandidates = std::vector<IdentifierCandidate>;

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PRIVACY_IDENTIFIER_CANDIDATE_H_
