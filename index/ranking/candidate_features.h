// What a second stage knows of each candidate of a question: its scores and ranks, which of the question's words it
// holds, how its tokens meet those of the question, and how close it is to the other candidates that rank high. Each is
// given as it is and standardised over the candidates, and beside them stands what is the same for all candidates of
// the question.
//
// The names and their order are part of every trained model: a change here needs a new one.
#ifndef BEDSIDE_INDEX_RANKING_CANDIDATE_FEATURES_H_
#define BEDSIDE_INDEX_RANKING_CANDIDATE_FEATURES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "index/embedding/embedding_matrix.h"
#include "index/engine/evidence_engine.h"

namespace bedside {

// A candidate as the first stage left it.
struct CandidateScores {
  double fused;
  // Inner product with the question; of a passage that the dense search did not find, computed from its vector.
  double dense;
  // 0 for a passage that the lexical search did not find.
  double lexical;
};

class CandidateFeatures {
 public:
  // One a column.
  static const std::vector<std::string>& Names();

  // REQUIRES: scores are of the candidates in their order, best first, at least one; `signals` is of the same.
  CandidateFeatures(absl::Span<const CandidateScores> scores, const CandidateSignals& signals);

  size_t candidates() const { return candidates_; }
  absl::Span<const float> row(size_t candidate) const;

 private:
  void AddColumn(const std::vector<double>& values);
  void AddRanks(const std::vector<double>& values);
  void AddScores(absl::Span<const CandidateScores> scores);
  void AddWords(const CandidateSignals& signals);
  void AddInteractions(const CandidateSignals& signals);
  void AddNeighbours(absl::Span<const CandidateScores> scores, const EmbeddingMatrix& vectors);
  void AddQuestion(absl::Span<const CandidateScores> scores, const CandidateSignals& signals);

  size_t candidates_;
  size_t columns_ = 0;
  // Row-major.
  std::vector<float> values_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RANKING_CANDIDATE_FEATURES_H_
