// Moves near-ties of a ranking by what is known of the documents: adds EvidencePrior to the scores of the best, and
// orders them anew.
#ifndef BEDSIDE_INDEX_RETRIEVAL_PRIOR_STAGE_H_
#define BEDSIDE_INDEX_RETRIEVAL_PRIOR_STAGE_H_

#include <cstddef>
#include <vector>

#include "absl/time/time.h"
#include "index/engine/evidence_view.h"
#include "index/ranking/evidence_prior.h"
#include "index/retrieval/ranked_passage.h"
#include "proto/bedside/config/retrieval_config.pb.h"

namespace bedside {

// Immutable, thread-safe. Cost: that of finding the documents of the passages in the table that a view holds in memory;
// no document is read. About 30 microseconds a ranking.
class PriorStage {
 public:
  // Passages that are looked at; the others have no prior, as one of which nothing is known.
  static constexpr size_t kCandidates = 200;

  // REQUIRES: as EvidencePrior
  explicit PriorStage(const config::PriorsConfig& config) : prior_(config) {}

  // Whether Apply does anything.
  bool is_enabled() const { return prior_.is_enabled(); }

  // Sets `prior` of the first kCandidates of `ranking`, of those that the last model judged where one did, and adds
  // its sum to `score`. A score of the fusion is in standard deviations already; for those of a ranker or a
  // cross-encoder, the prior is multiplied by their standard deviation. What the last model did not judge stays behind
  // what it did: where a prior took the last of these below it, the scores behind are moved down by the same number.
  // Scores that are equal then keep their order, so nothing moves where all documents are alike or nothing is known of
  // them. `now`: the age of documents counts in days of UTC until then; InfinitePast(): ages do not count.
  void Apply(const EvidenceView& view, absl::Time now, std::vector<RankedPassage>* ranking) const;

 private:
  EvidencePrior prior_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RETRIEVAL_PRIOR_STAGE_H_
