// What checking a claim against its sources found.
#ifndef BEDSIDE_SERVICES_GROUNDING_GROUNDING_VERDICT_H_
#define BEDSIDE_SERVICES_GROUNDING_GROUNDING_VERDICT_H_

#include <vector>

#include "index/text/span.h"

namespace bedside {

enum class IssueKind {
  // A number that no cited source states.
  kNumber,
  // The number stands there, with another unit.
  kUnit,
  // The number and its unit stand there, with another comparison ("below", "at least").
  kComparison,
  // A number or drug that stands there beside something else: that of another drug, group or measure.
  kBinding,
  // A drug, disease or other name that no cited source has.
  kName,
  // A "not" too many or too few.
  kNegation,
  // The opposite is said: "increases" for "decreases", "effective" for "ineffective".
  kDirection,
  // What the claim says beside all that does not stand there.
  kNotStated,
  // No more than the title or publisher of a source.
  kOnlyNamesSource,
};

struct GroundingIssue {
  IssueKind kind;
  // What of the claim; all of it where it is no single word.
  Span said;
  // What stands there instead: the source, from 1, and bytes of its text; 0: nothing that compares.
  int source = 0;
  Span held;
};

// Sentences of a source that carry the claim.
struct CarryingSpan {
  // From 1.
  int source;
  Span span;
};

struct GroundingVerdict {
  // Empty: the claim is supported.
  std::vector<GroundingIssue> issues;
  // By source and begin, disjoint; at least one where the claim is supported.
  std::vector<CarryingSpan> spans;
  // The claim is a sentence of a source, word for word.
  bool copied = false;

  bool supported() const { return issues.empty(); }
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_GROUNDING_VERDICT_H_
