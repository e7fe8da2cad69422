// A trained second stage: orders candidates by what CandidateFeatures says of them, and tells how probable it is that
// each bears on the question.
//
// Immutable, thread-safe. Cost: two nets a candidate, about a microsecond.
#ifndef BEDSIDE_INDEX_RANKING_PASSAGE_RANKER_H_
#define BEDSIDE_INDEX_RANKING_PASSAGE_RANKER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "index/ranking/candidate_features.h"
#include "index/ranking/feed_forward_net.h"
#include "proto/bedside/storage/ranker_model.pb.h"

namespace bedside {

class PassageRanker {
 public:
  struct Judgement {
    // Higher is better; comparable within a question only.
    double score;
    // Calibrated probability that the candidate bears on the question: 0 to 1.
    double relevance;
    // Whether that is as much as the model's threshold.
    bool bears_on_question;
  };

  // Reads a storage.RankerModel. NOT_FOUND: no such file. INVALID_ARGUMENT: not such a file, or one that was trained
  // for other features; the message names the file and says what is wrong.
  static absl::StatusOr<std::unique_ptr<PassageRanker>> Load(const std::string& path);

  // The embedder that it was trained with.
  const std::string& embedder_id() const { return embedder_id_; }

  // One a candidate, in their order.
  std::vector<Judgement> Judge(const CandidateFeatures& features) const;

 private:
  PassageRanker(std::string embedder_id, FeedForwardNet order, FeedForwardNet relevance, double relevance_threshold);

  static absl::StatusOr<std::unique_ptr<PassageRanker>> FromModel(const storage::RankerModel& model);

  std::string embedder_id_;
  FeedForwardNet order_;
  FeedForwardNet relevance_;
  double relevance_threshold_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RANKING_PASSAGE_RANKER_H_
