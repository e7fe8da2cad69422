#include "tools/eval/claims/claim_check_summary.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/eval/evaluation_summary.h"

namespace bedside {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kWordsMs = 2;
constexpr double kEncoderMs = 80;

std::string NameOf(MutationGroup group) {
  constexpr const char* kNames[] = {"numbers and units", "drugs", "negation and direction"};
  return kNames[static_cast<size_t>(group)];
}

std::map<MutationGroup, CheckedClaims> ByGroup(const ClaimSetResult& set) {
  std::map<MutationGroup, CheckedClaims> groups;
  for (const auto& [mutation, claims] : set.mutated) Add(claims, &groups[GroupOf(mutation)]);
  return groups;
}

MeasuredGoal TimeGoal(const ClaimCheckResult& result) {
  if (result.embedder.empty()) {
    return EstimatedGoal(
        {"ten sentences by words alone, of the processor: p99", 0, Goal::Wants::kAtMost, kWordsMs, "ms"},
        LatencyEstimate(result.cpu_ms, 99), result.cpu_ms.size());
  }
  return EstimatedGoal({"ten sentences with the encoder: p99", 0, Goal::Wants::kAtMost, kEncoderMs, "ms"},
                       LatencyEstimate(result.wall_ms, 99), result.wall_ms.size());
}

std::string Line(absl::string_view name, const CheckedClaims& claims) {
  if (claims.claims == 0) return "";
  const Estimate share = WilsonShare(claims.refused, claims.claims);
  std::string line = absl::StrFormat("  %-26s %5.1f %% (%.1f to %.1f; %d of %d)", name, 100 * share.mean,
                                     100 * share.low, 100 * share.high, claims.refused, claims.claims);
  for (const auto& [kind, count] : claims.by_issue) {
    absl::StrAppendFormat(&line, "  %s %.1f %%", NameOf(kind),
                          100.0 * static_cast<double>(count) / static_cast<double>(claims.claims));
  }
  return absl::StrCat(line, "\n");
}

std::string TimesText(const ClaimCheckResult& result) {
  if (result.wall_ms.empty()) return "";
  return absl::StrFormat(
      "ten sentences against up to eight sources, %d times: p50 %.2f ms, p99 %.2f ms; of the processor in this thread: "
      "p50 %.2f ms, p99 %.2f ms\n",
      result.wall_ms.size(), Percentile(result.wall_ms, 50), Percentile(result.wall_ms, 99),
      Percentile(result.cpu_ms, 50), Percentile(result.cpu_ms, 99));
}

Json ClaimsJson(const CheckedClaims& claims) {
  Json issues = Json::object();
  for (const auto& [kind, count] : claims.by_issue) issues[std::string(NameOf(kind))] = count;
  return {{"claims", claims.claims},
          {"refused", claims.refused},
          {"refused_by_numbers", claims.refused_by_numbers},
          {"by_issue", issues}};
}

Json SetJson(const ClaimSetResult& set) {
  Json mutated = Json::object();
  for (const auto& [mutation, claims] : set.mutated) mutated[std::string(NameOf(mutation))] = ClaimsJson(claims);
  return {{"dataset", set.dataset},        {"origin", std::string(NameOf(set.origin))},
          {"answers", set.answers},        {"own", ClaimsJson(set.own)},
          {"mutated", std::move(mutated)}, {"foreign", ClaimsJson(set.foreign)}};
}

}  // namespace

MutationGroup GroupOf(ClaimMutation mutation) {
  switch (mutation) {
    case ClaimMutation::kNumberChanged:
    case ClaimMutation::kNumbersExchanged:
    case ClaimMutation::kDoseMoved:
    case ClaimMutation::kUnitChanged:
      return MutationGroup::kNumbersAndUnits;
    case ClaimMutation::kDrugSwapped:
      return MutationGroup::kDrugs;
    case ClaimMutation::kNegationAdded:
    case ClaimMutation::kNegationRemoved:
    case ClaimMutation::kDirectionReversed:
      break;
  }
  return MutationGroup::kNegationAndDirection;
}

double GoalOf(MutationGroup group) {
  constexpr double kGoals[] = {0.99, 0.97, 0.90};
  return kGoals[static_cast<size_t>(group)];
}

double RefusalGoalOf(ClaimOrigin origin) { return origin == ClaimOrigin::kSources ? 0.01 : 0.20; }

std::string NameOf(const ClaimSetResult& set) { return absl::StrCat(set.dataset, ", ", NameOf(set.origin)); }

std::vector<MeasuredGoal> ClaimCheckGoals(const ClaimCheckResult& result) {
  std::vector<MeasuredGoal> goals;
  for (const ClaimSetResult& set : result.sets) {
    for (const auto& [group, claims] : ByGroup(set)) {
      if (claims.claims == 0) continue;
      goals.push_back(ShareGoal(absl::StrCat(NameOf(set), ": errors in ", NameOf(group), " caught"), claims.refused,
                                claims.claims, Goal::Wants::kAtLeast, 100 * GoalOf(group)));
    }
    if (set.own.claims == 0) continue;
    goals.push_back(ShareGoal(absl::StrCat(NameOf(set), ": true, and refused"), set.own.refused, set.own.claims,
                              Goal::Wants::kAtMost, 100 * RefusalGoalOf(set.origin)));
    if (set.origin != ClaimOrigin::kExperts) continue;
    goals.push_back(ShareGoal(absl::StrCat(NameOf(set), ": true, and refused by numbers"), set.own.refused_by_numbers,
                              set.own.claims, Goal::Wants::kAtMost, 100 * kNumberRefusalGoal));
  }
  if (!result.wall_ms.empty()) goals.push_back(TimeGoal(result));
  return goals;
}

std::string ClaimCheckText(const ClaimCheckResult& result) {
  std::string text = absl::StrCat(result.half, " half, ",
                                  result.embedder.empty() ? "by words alone" : absl::StrCat("with ", result.embedder),
                                  "; shares with 95 % intervals\n");
  for (const ClaimSetResult& set : result.sets) {
    absl::StrAppend(&text, NameOf(set), ", of ", set.answers, " answers\n", Line("true, refused", set.own));
    for (const auto& [mutation, claims] : set.mutated) {
      absl::StrAppend(&text, Line(absl::StrCat(NameOf(mutation), ", caught"), claims));
    }
    absl::StrAppend(&text, Line("foreign, refused", set.foreign));
  }
  return absl::StrCat(text, TimesText(result), MeasuredGoalsText(ClaimCheckGoals(result)));
}

std::string ClaimCheckJson(const ClaimCheckResult& result) {
  Json json = {{"written_by", "grounding_eval 1"},
               {"half", result.half},
               {"seed", result.seed},
               {"most_cases", result.most_cases},
               {"embedder", result.embedder},
               {"sets", Json::array()},
               {"wall_ms", result.wall_ms},
               {"cpu_ms", result.cpu_ms},
               {"goals", MeasuredGoalsJson(ClaimCheckGoals(result))}};
  for (const ClaimSetResult& set : result.sets) json["sets"].push_back(SetJson(set));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace bedside
