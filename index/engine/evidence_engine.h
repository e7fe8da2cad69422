// Finds candidates in the evidence of a corpus, and switches what serves. The one interface between those who ask and
// what stores: one machine today (LocalEngine), a cluster later.
//
// Implementations are thread-safe.
#ifndef BEDSIDE_INDEX_ENGINE_EVIDENCE_ENGINE_H_
#define BEDSIDE_INDEX_ENGINE_EVIDENCE_ENGINE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "index/embedding/embedding_matrix.h"
#include "index/engine/evidence_view.h"
#include "index/generation/generation_comparison.h"
#include "index/interaction/question_tokens.h"
#include "index/passage/scored_passage.h"
#include "index/text/span.h"
#include "index/text/weighted_term.h"
#include "proto/bedside/storage/document.pb.h"
#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/storage/passage.pb.h"
#include "proto/bedside/storage/status.pb.h"

namespace bedside {

struct CandidateQuery {
  // Empty: no lexical search.
  std::vector<WeightedTerm> terms;
  // Of the embedder that the generation names; empty: no dense search.
  std::vector<float> vector;
  // Other ways to ask the same, as `vector`: the dense score of a passage is its highest. Needs `vector`.
  std::vector<std::vector<float>> other_vectors;
  // Of the text that `vector` is of, for EvidenceEngine::Signals.
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
};

// A passage with the document that it stands in.
struct FoundPassage {
  storage::Passage passage;
  std::shared_ptr<const storage::Document> document;
  // Index in the documents of the generation.
  size_t document_index;
};

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

// Of an engine over a store that another process writes.
struct FollowState {
  // Since it was last known that what serves is what is on disk.
  absl::Duration lag;
  // The database's own number of the last write that serves.
  uint64_t last_write = 0;
  // Why the store cannot be followed now; OK when it can.
  absl::Status problem;
};

class EvidenceEngine {
 public:
  virtual ~EvidenceEngine() = default;

  // Corpora that have a generation.
  virtual std::vector<std::string> Corpora() const = 0;

  // The state of the corpus as of now. NOT_FOUND: no such corpus. DATA_LOSS or FAILED_PRECONDITION: its generation
  // could not be loaded, because it is damaged or was embedded with another model.
  virtual absl::StatusOr<std::shared_ptr<const EvidenceView>> View(const std::string& corpus) const = 0;

  // A view of a generation that does not serve, opened beside what does. DATA_LOSS or FAILED_PRECONDITION: as View.
  virtual absl::StatusOr<std::shared_ptr<const EvidenceView>> OpenBeside(const storage::Manifest& generation) const = 0;

  // OK where Refresh, Activate, Retire and ApplyNotice are to be called. FAILED_PRECONDITION: the store is written
  // elsewhere, and the message says where.
  virtual absl::Status CheckWritable() const { return absl::OkStatus(); }

  // How far this is behind a store that is written elsewhere; unset where it is written here.
  virtual absl::optional<FollowState> Following() const { return absl::nullopt; }

  // Why another generation of the corpus serves than the active one, which is damaged; empty when it does not.
  virtual std::string Fallback(const std::string& /*corpus*/) const { return ""; }

  // DEADLINE_EXCEEDED between the two searches. INVALID_ARGUMENT: a vector of another dimension.
  virtual absl::StatusOr<Candidates> Search(const EvidenceView& view, const CandidateQuery& query) const = 0;

  // What the index knows of `passages`, in the order given, beside their scores for a question of `terms` and `tokens`:
  // vectors, which terms each holds, how rare the terms are, and how the tokens of both meet. FAILED_PRECONDITION: the
  // generation was made by a version that kept no tokens. DATA_LOSS: tokens of a passage are missing.
  // REQUIRES: passages of the view, each once
  virtual absl::StatusOr<CandidateSignals> Signals(const EvidenceView& view, absl::Span<const PassageOrdinal> passages,
                                                   absl::Span<const std::string> terms,
                                                   const QuestionTokens& tokens) const = 0;

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

  // Generations of the corpus, newest first. NOT_FOUND: it has none.
  virtual absl::StatusOr<std::vector<storage::Manifest>> Generations(const std::string& corpus) const = 0;

  // Id of the generation that is to serve, also when it could not be loaded. NOT_FOUND: the corpus has none.
  virtual absl::StatusOr<std::string> ActiveGeneration(const std::string& corpus) const = 0;

  // Applies what the store holds now: its changes and, when the store names another generation as current, that one,
  // loaded beside the one that serves. Errors are those of View and of the store; the old view stays.
  virtual absl::Status Refresh(const std::string& corpus) = 0;

  // Makes a kept generation the active one, on disk and here. NOT_FOUND: there is none of this name. DATA_LOSS or
  // FAILED_PRECONDITION: it does not load, as in View; the old one stays.
  virtual absl::Status Activate(const std::string& corpus, const std::string& generation) = 0;

  // What differs between two generations of the corpus, kept or active. NOT_FOUND: one is not there. DATA_LOSS: one
  // cannot be read.
  virtual absl::StatusOr<GenerationComparison> Compare(const std::string& corpus, const std::string& base,
                                                       const std::string& other) const = 0;

  // Removes a kept generation, on disk before the call returns. NOT_FOUND: there is none of this name.
  // FAILED_PRECONDITION: it is the active one, or serves in its place.
  virtual absl::Status Retire(const std::string& corpus, const std::string& generation) = 0;

  // Records the notice, on disk before the call returns, and applies it to every view taken from then on. A call with
  // the `request_id` of an earlier one and the same notice, but for its date, records nothing more. INVALID_ARGUMENT:
  // the same request_id with another notice; nothing was recorded. Other errors are those of View.
  virtual absl::Status ApplyNotice(const std::string& corpus, const storage::StatusNotice& notice,
                                   const std::string& request_id) = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_ENGINE_EVIDENCE_ENGINE_H_
