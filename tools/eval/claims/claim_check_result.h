// What was measured of the check of claims (services/grounding), as plain values: of true claims that are refused, of
// untrue ones that are caught, and of what it costs.
#ifndef BEDSIDE_TOOLS_EVAL_CLAIMS_CLAIM_CHECK_RESULT_H_
#define BEDSIDE_TOOLS_EVAL_CLAIMS_CLAIM_CHECK_RESULT_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/grounding/grounding_verdict.h"
#include "tools/eval/claim_mutation.h"

namespace bedside {

// Claims of one sort, and what became of them.
struct CheckedClaims {
  size_t claims = 0;
  // Refused for anything.
  size_t refused = 0;
  // Refused for a number, a unit, a comparison, or for what a number written in digits is of.
  size_t refused_by_numbers = 0;
  // Claims with an issue of the kind; a claim may have issues of several.
  std::map<IssueKind, size_t> by_issue;
};

enum class ClaimOrigin {
  // A sentence of the sources that it is checked against.
  kSources,
  // What an expert wrote from them.
  kExperts,
};

// Claims of one origin of one dataset.
struct ClaimSetResult {
  std::string dataset;
  ClaimOrigin origin;
  size_t answers = 0;
  // As they are: true.
  CheckedClaims own;
  // Those of `own` that were not refused, each with one error; without what no claim could be given.
  std::map<ClaimMutation, CheckedClaims> mutated;
  // Claims of the answer whose sources are most alike to those they are checked against; a few are true here too.
  CheckedClaims foreign;
};

struct ClaimCheckResult {
  // "development" or "reported".
  std::string half;
  uint64_t seed = 0;
  // Of errors of one kind in one set.
  size_t most_cases = 0;
  // Id of the embedder; empty: by words alone.
  std::string embedder;
  // None without claims.
  std::vector<ClaimSetResult> sets;
  // Of checking ten sentences against up to eight sources, these read included: as one waits for it, and of the
  // processor in the thread that asked, in the same order.
  std::vector<double> wall_ms;
  std::vector<double> cpu_ms;
};

constexpr IssueKind kIssueKinds[] = {IssueKind::kNumber,    IssueKind::kUnit,      IssueKind::kComparison,
                                     IssueKind::kBinding,   IssueKind::kName,      IssueKind::kNegation,
                                     IssueKind::kDirection, IssueKind::kNotStated, IssueKind::kOnlyNamesSource};

// "number", "not stated".
absl::string_view NameOf(IssueKind kind);

// "sentences of sources", "sentences of experts".
absl::string_view NameOf(ClaimOrigin origin);

// Counts `verdict` on `claim`.
void Count(absl::string_view claim, const GroundingVerdict& verdict, CheckedClaims* counts);

// Adds all that `more` counts.
void Add(const CheckedClaims& more, CheckedClaims* sum);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_CLAIMS_CLAIM_CHECK_RESULT_H_
