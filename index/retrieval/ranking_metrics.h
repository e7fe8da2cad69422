// How good a ranking of documents is, against the judgements of one question. All are 0 to 1.
#ifndef BEDSIDE_INDEX_RETRIEVAL_RANKING_METRICS_H_
#define BEDSIDE_INDEX_RETRIEVAL_RANKING_METRICS_H_

#include <cstddef>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"

namespace bedside {

// Grade by document id. A grade of 0 or below, and a document that is not here, is not relevant.
using Judgements = absl::flat_hash_map<std::string, int>;

// Documents that are relevant.
size_t RelevantCount(const Judgements& judgements);

// For all: `ranking` holds document ids, best first, each once.
// REQUIRES: RelevantCount(judgements) > 0 and k > 0

// Discounted cumulated gain of the first `k`, as a share of what the best ranking would have. Järvelin & Kekäläinen,
// "Cumulated gain-based evaluation of IR techniques", 2002, with the linear gain and the discount of trec_eval, which
// BEIR uses: a document of grade g at rank r gains g / log2(r + 1).
double NdcgAt(size_t k, absl::Span<const std::string> ranking, const Judgements& judgements);

// Share of the relevant documents that are among the first `k`.
double RecallAt(size_t k, absl::Span<const std::string> ranking, const Judgements& judgements);

// 1 / rank of the first relevant document; 0 when there is none.
double ReciprocalRank(absl::Span<const std::string> ranking, const Judgements& judgements);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RETRIEVAL_RANKING_METRICS_H_
