// Where the passages of a view are searched and read: in the store of this machine (StoredPassages), or elsewhere.
//
// Implementations are thread-safe.
#ifndef BEDSIDE_INDEX_ENGINE_PASSAGE_SOURCE_H_
#define BEDSIDE_INDEX_ENGINE_PASSAGE_SOURCE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "index/embedding/embedding_matrix.h"
#include "index/engine/evidence_view.h"
#include "index/engine/found_passage.h"
#include "index/interaction/late_interaction.h"
#include "index/interaction/question_tokens.h"
#include "index/lexical/term_score.h"
#include "index/passage/scored_passage.h"
#include "index/text/span.h"
#include "index/text/weighted_term.h"
#include "proto/bedside/storage/document.pb.h"

namespace bedside {

struct CandidateQuery {
  // Empty: no lexical search.
  std::vector<WeightedTerm> terms;
  // Of the embedder that the generation names; empty: no dense search.
  std::vector<float> vector;
  // Other ways to ask the same, as `vector`: the dense score of a passage is its highest. Needs `vector`.
  std::vector<std::vector<float>> other_vectors;
  // Of the text that `vector` is of, for PassageSource::Signals.
  QuestionTokens tokens;
  v1::EvidenceFilter filter;
  // Candidates of each kind, at most; dense ones also at most VectorSegments::search_depth().
  size_t limit = 1000;
  absl::Time deadline = absl::InfiniteFuture();
};

// Each best first.
struct Candidates {
  std::vector<ScoredPassage> lexical;
  std::vector<ScoredPassage> dense;
  // Parts of the index did not answer: what they hold is missing.
  bool is_partial = false;
};

// The best passages of two lists, each with the higher of its scores.
std::vector<ScoredPassage> BestOfBoth(const std::vector<ScoredPassage>& a, const std::vector<ScoredPassage>& b,
                                      size_t limit);

// What a second stage asks of candidates beside their scores.
struct CandidateSignals {
  // A unit vector a passage.
  EmbeddingMatrix vectors = EmbeddingMatrix(0, 1);
  // Row-major, passages x terms: whether the passage holds the term.
  std::vector<bool> holds;
  // How rare each term is.
  std::vector<double> rarity;
  // One a passage.
  std::vector<Interaction> interactions;
};

class PassageSource {
 public:
  virtual ~PassageSource() = default;

  // DEADLINE_EXCEEDED between the two searches. INVALID_ARGUMENT: a vector of another dimension. Where passages are
  // elsewhere, this and all below: UNAVAILABLE.
  virtual absl::StatusOr<Candidates> Search(const EvidenceView& view, const CandidateQuery& query) const = 0;

  // What the index knows of `passages`, in the order given, beside their scores for a question of `terms` and `tokens`:
  // vectors, which terms each holds, how rare the terms are, and how the tokens of both meet. FAILED_PRECONDITION: the
  // generation was made by a version that kept no tokens. DATA_LOSS: tokens of a passage are missing.
  // REQUIRES: passages of the view, each once
  virtual absl::StatusOr<CandidateSignals> Signals(const EvidenceView& view, absl::Span<const PassageOrdinal> passages,
                                                   absl::Span<const std::string> terms,
                                                   const QuestionTokens& tokens) const = 0;

  // What each of `terms` adds to the lexical score of each of `passages`, in the order given: LexicalIndex::Explain.
  // REQUIRES: passages of the view, each once
  virtual absl::StatusOr<std::vector<std::vector<TermScore>>> TermScores(
      const EvidenceView& view, absl::Span<const WeightedTerm> terms,
      absl::Span<const PassageOrdinal> passages) const = 0;

  // Reads passages and their documents, in the order given; each document once. DATA_LOSS: one cannot be read.
  virtual absl::StatusOr<std::vector<FoundPassage>> Read(const EvidenceView& view,
                                                         const std::vector<PassageOrdinal>& passages) const = 0;

  // DATA_LOSS: it cannot be read. REQUIRES: document_index < view.generation().documents().size()
  virtual absl::StatusOr<std::shared_ptr<const storage::Document>> ReadDocument(const EvidenceView& view,
                                                                                size_t document_index) const = 0;

  // What the documents say without text, sections and page begins, in the order given: what a list shows. DATA_LOSS:
  // one cannot be read. Cost: some 100 bytes a document. REQUIRES: as ReadDocument.
  virtual absl::StatusOr<std::vector<storage::Document>> ReadMetadata(
      const EvidenceView& view, const std::vector<size_t>& document_indexes) const = 0;

  // The passage of the document that spans exactly these bytes of its text; unset when there is none. Reads no text.
  // DATA_LOSS: a passage cannot be read. REQUIRES: as ReadDocument.
  virtual absl::StatusOr<absl::optional<PassageOrdinal>> FindPassage(const EvidenceView& view, size_t document_index,
                                                                     Span span) const = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_ENGINE_PASSAGE_SOURCE_H_
