// What a retriever makes of a question.
#ifndef BEDSIDE_INDEX_RETRIEVAL_RANKING_H_
#define BEDSIDE_INDEX_RETRIEVAL_RANKING_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "index/engine/evidence_view.h"
#include "index/query/interpreted_question.h"
#include "index/retrieval/ranked_passage.h"
#include "proto/bedside/v1/basis.pb.h"

namespace bedside {

struct Ranking {
  std::shared_ptr<const EvidenceView> view;
  // Best first; at most twice Retriever::kCandidates.
  std::vector<RankedPassage> passages;
  InterpretedQuestion interpretation;
  // Paths that were not available: "dense", and with it "ranker"; "ranker" alone where the generation has not the
  // tokens of all candidates; "cross_encoder", also when it was not done in half of the time that was left; "shards"
  // where parts of the index did not answer.
  std::vector<std::string> degraded;
  // What the ranking is by, in the order in which it ran.
  std::vector<v1::RetrievalStage> stages;
  // To turn the question into vectors, waiting for the model included.
  absl::Duration embed_time;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RETRIEVAL_RANKING_H_
