// The passages of generations whose segments are indexes of a cluster.
//
// Thread-safe. Cost of a search, of signals: one request to the cluster; of a read, two.
// Memory: 32 MiB of documents that were read lately, and the bitmaps of a few filters.
#ifndef BEDSIDE_INDEX_CLUSTER_CLUSTER_PASSAGES_H_
#define BEDSIDE_INDEX_CLUSTER_CLUSTER_PASSAGES_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "index/cluster/cluster_client.h"
#include "index/cluster/segment_reader.h"
#include "index/engine/document_cache.h"
#include "index/engine/passage_source.h"
#include "index/recency/recent_map.h"
#include "index/vector/vector_settings.h"
#include "proto/bedside/storage/cluster_record.pb.h"

namespace bedside {

class ClusterPassages : public PassageSource {
 public:
  // `client` must outlive the object. REQUIRES of every view: its segments are indexes of that cluster
  ClusterPassages(const ClusterClient* client, const VectorSettings& vector);

  // Dense candidates of a segment are as many as its own index would give: all that are asked for up to flat_limit
  // passages, and search_beam above.
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
  // The clauses of each segment, see BoolClausesOf; unset for one of which nothing is allowed.
  using Clauses = std::vector<absl::optional<std::string>>;
  struct AllowedClauses {
    std::shared_ptr<const SegmentBitmaps> allowed;
    std::shared_ptr<const Clauses> clauses;
  };

  using DocumentsByIndex = std::map<size_t, std::shared_ptr<const storage::Document>>;

  // Those of the generation with these indexes; what was not read lately, in one request.
  absl::StatusOr<DocumentsByIndex> ReadDocuments(const Generation& generation,
                                                 const std::vector<size_t>& indexes) const;
  std::shared_ptr<const Clauses> ClausesOf(const std::shared_ptr<const SegmentBitmaps>& allowed) const;
  size_t DepthOf(size_t passages, size_t limit) const;
  absl::StatusOr<std::vector<storage::PassageSignals>> ReadSignals(const Generation& generation,
                                                                   absl::Span<const PassageOrdinal> passages) const;

  const ClusterClient* client_;
  const SegmentReader reader_;
  const VectorSettings vector_;
  mutable DocumentCache documents_;
  mutable absl::Mutex mutex_;
  mutable RecentMap<AllowedClauses> clauses_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_CLUSTER_PASSAGES_H_
