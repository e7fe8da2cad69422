// What one request sees of a corpus: a generation, and the worth of its documents after the last change. A request
// takes one view at its start and never mixes two.
//
// Immutable but for a small cache of filters; thread-safe.
#ifndef BEDSIDE_INDEX_ENGINE_EVIDENCE_VIEW_H_
#define BEDSIDE_INDEX_ENGINE_EVIDENCE_VIEW_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "index/engine/document_standing.h"
#include "index/generation/generation.h"
#include "index/passage/passage_bitmap.h"
#include "index/passage/passage_ordinal.h"
#include "index/query/corpus_language.h"
#include "proto/bedside/config/access_labels.h"
#include "proto/bedside/config/source_trust.h"
#include "proto/bedside/storage/status.pb.h"
#include "proto/bedside/v1/evidence_service.pb.h"

namespace bedside {

// Passages of a generation, a bitmap a segment.
using SegmentBitmaps = std::vector<PassageBitmap>;

// A source set of a corpus.
struct SourceSetState {
  std::string name;
  bool trusted = false;
  // Documents of the generation, in force or not.
  size_t documents = 0;
  // Set where it is withdrawn.
  absl::optional<storage::StatusNotice> withdrawal;
};

class EvidenceView {
 public:
  // `notices`: all that are in force on the corpus after change `change_sequence`. `status_time`: when the last of its
  // statuses was recorded.
  EvidenceView(std::shared_ptr<const Generation> generation, const std::vector<storage::StatusNotice>& notices,
               uint64_t change_sequence, absl::Time status_time = absl::InfinitePast(),
               const SourceTrust& trust = SourceTrust());

  // What somebody who holds `labels` sees of `view`: the documents of source sets with other labels are as if they had
  // been deleted, and their sets as if there were none. `view` itself where that is all. Made once for equal sets; then
  // linear in documents, as the constructor. Statistics of words (passages, PassagesWith) stay those of the
  // whole generation.
  static std::shared_ptr<const EvidenceView> VisibleTo(const AccessLabels& labels,
                                                       const std::shared_ptr<const EvidenceView>& view);

  // Whether this is a view from which something is kept, and whether that is so of a document.
  bool hides_anything() const { return !hidden_.empty(); }
  bool hides(size_t document) const;

  // Whether there is no passage of a document that is not hidden.
  bool is_empty() const;

  // What may be told of the words of the corpus: where something is hidden, none of them, for they may be of that.
  CorpusLanguage language() const;

  const Generation& generation() const { return *generation_; }
  const std::shared_ptr<const Generation>& shared_generation() const { return generation_; }
  uint64_t change_sequence() const { return change_sequence_; }
  // InfinitePast() where no status is known to have been recorded.
  absl::Time status_time() const { return status_time_; }

  // `document`: index in generation().documents().
  const Standing& standing(size_t document) const { return standings_[document]; }

  // Whether the source set of the document is trusted.
  bool trusted(size_t document) const { return trusted_[document]; }

  // Those that the generation has documents of, and those that are withdrawn, by name.
  const std::vector<SourceSetState>& source_sets() const { return source_sets_; }

  // Id of the embedder whose vectors the generation has.
  const std::string& embedder() const { return generation_->manifest().embedder().id(); }

  // Passages of the generation, in force, replaced or neither, and how many of them hold a term as LexicalAnalyzer
  // makes it.
  size_t passages() const { return generation_->passages(); }
  size_t PassagesWith(const std::string& term) const { return generation_->lexical().DocumentFrequency(term); }

  // Documents that may be evidence without asking for superseded or unreviewed ones.
  size_t documents_in_force() const { return documents_in_force_; }

  // Passages of the documents that are in force, of a trusted source set unless the filter asks for others too, and
  // meet `filter`. Computed once for equal filters that were used lately.
  std::shared_ptr<const SegmentBitmaps> Allowed(const v1::EvidenceFilter& filter) const;

 private:
  struct CachedFilter {
    std::shared_ptr<const SegmentBitmaps> allowed;
    // As a count of uses of the cache.
    uint64_t last_use = 0;
  };

  // Names of source sets.
  using SourceSets = std::set<std::string>;

  SourceSets HiddenFrom(const AccessLabels& labels) const;
  // `self`: this.
  std::shared_ptr<const EvidenceView> Without(const SourceSets& hidden,
                                              const std::shared_ptr<const EvidenceView>& self) const;
  std::shared_ptr<const EvidenceView> MakeWithout(const SourceSets& hidden) const;

  void ForgetLeastRecentlyUsed() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::shared_ptr<const SegmentBitmaps> Resolve(const v1::EvidenceFilter& filter) const;

  std::shared_ptr<const Generation> generation_;
  std::vector<storage::StatusNotice> notices_;
  SourceTrust trust_;
  SourceSets hidden_;
  uint64_t change_sequence_;
  absl::Time status_time_;
  std::vector<Standing> standings_;
  std::vector<bool> trusted_;
  std::vector<SourceSetState> source_sets_;
  size_t documents_in_force_ = 0;

  mutable absl::Mutex restricted_mutex_;
  // By what they hide.
  mutable std::map<SourceSets, std::shared_ptr<const EvidenceView>> restricted_ ABSL_GUARDED_BY(restricted_mutex_);
  mutable absl::Mutex mutex_;
  mutable absl::flat_hash_map<std::string, CachedFilter> filters_ ABSL_GUARDED_BY(mutex_);
  mutable uint64_t uses_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_ENGINE_EVIDENCE_VIEW_H_
