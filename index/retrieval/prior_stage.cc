#include "index/retrieval/prior_stage.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "index/ranking/spread.h"

namespace bedside {
namespace {

bool ScoresHigher(const RankedPassage& a, const RankedPassage& b) { return a.score > b.score; }

bool HasModelScore(const RankedPassage& passage) {
  return passage.judged.has_value() || passage.cross_encoded.has_value();
}

// Whether the stage that `first`, the first passage, has its score of did not look at `passage`.
bool IsBehind(const RankedPassage& first, const RankedPassage& passage) {
  if (first.cross_encoded.has_value()) return !passage.cross_encoded.has_value();
  return first.judged.has_value() && !passage.judged.has_value();
}

// Passages at the front that have a prior.
size_t CandidatesOf(const std::vector<RankedPassage>& ranking) {
  const auto end = ranking.begin() + static_cast<std::ptrdiff_t>(std::min(PriorStage::kCandidates, ranking.size()));
  return static_cast<size_t>(
      std::find_if(ranking.begin(), end,
                   [&](const RankedPassage& passage) { return IsBehind(ranking.front(), passage); }) -
      ranking.begin());
}

double DeviationOf(absl::Span<const RankedPassage> passages) {
  std::vector<double> scores;
  for (const RankedPassage& passage : passages) scores.push_back(passage.score);
  return SpreadOf(scores).deviation;
}

PriorParts Scaled(PriorParts parts, double scale) {
  for (double* part : {&parts.kind, &parts.age, &parts.grade, &parts.jurisdiction, &parts.status}) *part *= scale;
  return parts;
}

// Of two sorted runs, the first of which ends at `middle`; what the second keeps behind the first is not moved.
void Merge(size_t middle, std::vector<RankedPassage>* ranking) {
  const auto begin = ranking->begin();
  const auto behind = begin + static_cast<std::ptrdiff_t>(middle);
  const auto end = std::upper_bound(behind, ranking->end(), *std::prev(behind),
                                    [](const RankedPassage& a, const RankedPassage& b) { return a.score >= b.score; });
  std::inplace_merge(begin, behind, end, ScoresHigher);
}

// So that none of those behind the first `judged` has a higher score than the last of these.
void KeepBehind(size_t judged, std::vector<RankedPassage>* ranking) {
  const auto behind = ranking->begin() + static_cast<std::ptrdiff_t>(judged);
  const double above = behind->score - std::prev(behind)->score;
  if (above <= 0) return;
  for (auto passage = behind; passage != ranking->end(); ++passage) passage->score -= above;
}

// The first `candidates` by their scores, and what is behind them: among them where its scores are of the same stage.
void OrderAnew(size_t candidates, std::vector<RankedPassage>* ranking) {
  const auto behind = ranking->begin() + static_cast<std::ptrdiff_t>(candidates);
  std::stable_sort(ranking->begin(), behind, ScoresHigher);
  if (behind == ranking->end()) return;
  if (IsBehind(ranking->front(), *behind)) {
    KeepBehind(candidates, ranking);
  } else {
    Merge(candidates, ranking);
  }
}

}  // namespace

void PriorStage::Apply(const EvidenceView& view, absl::Time now, std::vector<RankedPassage>* ranking) const {
  const size_t candidates = CandidatesOf(*ranking);
  if (!prior_.is_enabled() || candidates == 0) return;
  absl::optional<absl::CivilDay> today;
  if (now != absl::InfinitePast()) today = absl::ToCivilDay(now, absl::UTCTimeZone());
  const auto passages = absl::MakeSpan(*ranking).first(candidates);
  const double scale = HasModelScore(ranking->front()) ? DeviationOf(passages) : 1;
  for (RankedPassage& passage : passages) {
    const size_t document = view.generation().DocumentOf(passage.fused.passage);
    const storage::DocumentEntry& entry = view.generation().documents().entry(document);
    passage.prior = Scaled(prior_.Of(entry, view.standing(document).status, today), scale);
    passage.score += passage.prior.Sum();
  }
  OrderAnew(candidates, ranking);
}

}  // namespace bedside
