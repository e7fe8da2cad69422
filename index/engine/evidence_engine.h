// Finds candidates in the evidence of a corpus, and switches what serves. The one interface between those who ask and
// what stores: one machine (LocalEngine), a store that another process writes (FollowingEngine), a cluster
// (ClusterEngine).
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
#include "index/engine/evidence_view.h"
#include "index/engine/passage_source.h"
#include "index/generation/generation_comparison.h"
#include "index/store/document_store.h"
#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/storage/status.pb.h"

namespace bedside {

// Of an engine over a store that another process writes.
struct FollowState {
  // Since it was last known that what serves is what is on disk.
  absl::Duration lag;
  // The database's own number of the last write that serves.
  uint64_t last_write = 0;
  // Why the store cannot be followed now; OK when it can.
  absl::Status problem;
};

class EvidenceEngine : public PassageSource {
 public:
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

  // The documents in these versions, in the order given. Of each, NOT_FOUND: none is kept, as by a kept generation;
  // DATA_LOSS: it cannot be read. Of the call, where documents are elsewhere: what reading there fails with.
  virtual absl::StatusOr<std::vector<absl::StatusOr<storage::Document>>> ReadVersions(
      const std::string& corpus, const std::vector<DocumentVersion>& documents) const = 0;

  // Whether the document was deleted, and not let in again.
  virtual absl::StatusOr<bool> IsDeleted(const std::string& corpus, const std::string& document) const = 0;

  // Removes a kept generation, on disk before the call returns. NOT_FOUND: there is none of this name.
  // FAILED_PRECONDITION: it is the active one, or serves in its place.
  virtual absl::Status Retire(const std::string& corpus, const std::string& generation) = 0;

  // Records the notice, on disk before the call returns, and applies it to every view taken from then on. A call with
  // the `request_id` of an earlier one and the same notice, but for its date, records nothing more. INVALID_ARGUMENT:
  // the same request_id with another notice; nothing was recorded. Other errors are those of View.
  virtual absl::Status ApplyNotice(const std::string& corpus, const storage::StatusNotice& notice,
                                   const std::string& request_id) = 0;

  // What PassageSource promises, of where the passages of the view are.
  absl::StatusOr<Candidates> Search(const EvidenceView& view, const CandidateQuery& query) const final;
  absl::StatusOr<CandidateSignals> Signals(const EvidenceView& view, absl::Span<const PassageOrdinal> passages,
                                           absl::Span<const std::string> terms,
                                           const QuestionTokens& tokens) const final;
  absl::StatusOr<std::vector<std::vector<TermScore>>> TermScores(const EvidenceView& view,
                                                                 absl::Span<const WeightedTerm> terms,
                                                                 absl::Span<const PassageOrdinal> passages) const final;
  absl::StatusOr<std::vector<FoundPassage>> Read(const EvidenceView& view,
                                                 const std::vector<PassageOrdinal>& passages) const final;
  absl::StatusOr<std::shared_ptr<const storage::Document>> ReadDocument(const EvidenceView& view,
                                                                        size_t document_index) const final;
  absl::StatusOr<std::vector<storage::Document>> ReadMetadata(const EvidenceView& view,
                                                              const std::vector<size_t>& document_indexes) const final;
  absl::StatusOr<absl::optional<PassageOrdinal>> FindPassage(const EvidenceView& view, size_t document_index,
                                                             Span span) const final;

 private:
  // Where the passages of the view are; whoever holds the result can read them.
  virtual std::shared_ptr<const PassageSource> PassagesOf(const EvidenceView& view) const = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_ENGINE_EVIDENCE_ENGINE_H_
