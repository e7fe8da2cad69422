// The passages of one store on this machine, searched in the indexes of a generation and read from the database.
//
// Thread-safe. Memory: 32 MiB of documents that were read lately.
#ifndef BEDSIDE_INDEX_ENGINE_STORED_PASSAGES_H_
#define BEDSIDE_INDEX_ENGINE_STORED_PASSAGES_H_

#include <memory>
#include <string>
#include <vector>

#include "index/engine/document_cache.h"
#include "index/engine/passage_source.h"
#include "index/store/evidence_store.h"

namespace bedside {

class StoredPassages : public PassageSource {
 public:
  // `store` must outlive the object. REQUIRES of every view: its generation has its indexes
  explicit StoredPassages(EvidenceStore* store);

  absl::StatusOr<Candidates> Search(const EvidenceView& view, const CandidateQuery& query) const override;
  absl::StatusOr<CandidateSignals> Signals(const EvidenceView& view, absl::Span<const PassageOrdinal> passages,
                                           absl::Span<const std::string> terms,
                                           const QuestionTokens& tokens) const override;
  absl::StatusOr<std::vector<std::vector<TermScore>>> TermScores(
      const EvidenceView& view, absl::Span<const WeightedTerm> terms,
      absl::Span<const PassageOrdinal> passages) const override;
  absl::StatusOr<std::vector<FoundPassage>> Read(const EvidenceView& view,
                                                 const std::vector<PassageOrdinal>& passages) const override;
  absl::StatusOr<std::shared_ptr<const storage::Document>> ReadDocument(const EvidenceView& view,
                                                                        size_t document_index) const override;
  absl::StatusOr<std::vector<storage::Document>> ReadMetadata(
      const EvidenceView& view, const std::vector<size_t>& document_indexes) const override;
  absl::StatusOr<absl::optional<PassageOrdinal>> FindPassage(const EvidenceView& view, size_t document_index,
                                                             Span span) const override;

 private:
  // What is read of a passage of a segment.
  template <typename Part>
  using PartReader = absl::StatusOr<std::vector<Part>> (SegmentStore::*)(uint64_t segment,
                                                                         absl::Span<const PassageOrdinal>) const;

  absl::StatusOr<std::vector<Interaction>> InteractionsOf(const Generation& generation,
                                                          absl::Span<const PassageOrdinal> passages,
                                                          const QuestionTokens& tokens) const;
  // One part a passage, in the order given, read segment by segment.
  template <typename Part>
  absl::StatusOr<std::vector<Part>> ReadParts(const Generation& generation, absl::Span<const PassageOrdinal> passages,
                                              PartReader<Part> read) const;

  EvidenceStore* store_;
  mutable DocumentCache documents_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_ENGINE_STORED_PASSAGES_H_
