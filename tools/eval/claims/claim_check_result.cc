#include "tools/eval/claims/claim_check_result.h"

#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"

namespace bedside {
namespace {

constexpr absl::string_view kIssueNames[] = {"number",   "unit",      "comparison", "binding",          "name",
                                             "negation", "direction", "not stated", "only names source"};

bool IsOfNumbers(absl::string_view claim, const GroundingIssue& issue) {
  switch (issue.kind) {
    case IssueKind::kNumber:
    case IssueKind::kUnit:
    case IssueKind::kComparison:
      return true;
    case IssueKind::kBinding:
      return absl::c_any_of(claim.substr(issue.said.begin, issue.said.size()),
                            [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
    default:
      return false;
  }
}

}  // namespace

absl::string_view NameOf(IssueKind kind) { return kIssueNames[static_cast<size_t>(kind)]; }

absl::string_view NameOf(ClaimOrigin origin) {
  return origin == ClaimOrigin::kSources ? "sentences of sources" : "sentences of experts";
}

void Count(absl::string_view claim, const GroundingVerdict& verdict, CheckedClaims* counts) {
  ++counts->claims;
  if (!verdict.supported()) ++counts->refused;
  std::set<IssueKind> kinds;
  bool by_numbers = false;
  for (const GroundingIssue& issue : verdict.issues) {
    kinds.insert(issue.kind);
    by_numbers = by_numbers || IsOfNumbers(claim, issue);
  }
  if (by_numbers) ++counts->refused_by_numbers;
  for (const IssueKind kind : kinds) ++counts->by_issue[kind];
}

void Add(const CheckedClaims& more, CheckedClaims* sum) {
  sum->claims += more.claims;
  sum->refused += more.refused;
  sum->refused_by_numbers += more.refused_by_numbers;
  for (const auto& [kind, count] : more.by_issue) sum->by_issue[kind] += count;
}

}  // namespace bedside
