// Column families `passages` and `pieces`: what an immutable segment is made of. Nothing here is visible to a search
// until a manifest that names the segment has been published.
//
// Thread-safe; one segment has one writer.
#ifndef BEDSIDE_INDEX_STORE_SEGMENT_STORE_H_
#define BEDSIDE_INDEX_STORE_SEGMENT_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "index/passage/passage_ordinal.h"
#include "index/store/database.h"
#include "index/text/span.h"
#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/storage/passage.pb.h"

namespace bedside {

// Says that somebody reads a segment; copies say the same. May outlive the store.
using SegmentHold = std::shared_ptr<const uint64_t>;

class SegmentStore {
 public:
  // `database` must outlive the store.
  explicit SegmentStore(Database* database) : database_(database) {}

  // A segment id that was never given out before, also to another thread. Synced.
  absl::StatusOr<uint64_t> NewSegment();

  absl::Status PutPassages(uint64_t segment, PassageOrdinal first, const std::vector<storage::Passage>& passages);

  // One a passage, in the order given. DATA_LOSS: one is missing or does not parse.
  absl::StatusOr<std::vector<storage::Passage>> GetPassages(uint64_t segment,
                                                            absl::Span<const PassageOrdinal> passages) const;

  // Passage.embedding_key of each, in the order given. DATA_LOSS: as GetPassages.
  absl::StatusOr<std::vector<std::string>> GetEmbeddingKeys(uint64_t segment,
                                                            absl::Span<const PassageOrdinal> passages) const;

  // Calls `visit` with the embedding key of each passage of the segment that has one. DATA_LOSS: one does not parse.
  absl::Status ForEachEmbeddingKey(uint64_t segment, const std::function<void(const std::string& key)>& visit) const;

  // The first of the `count` passages from `first` on that has exactly this span of its document; unset when none has.
  // DATA_LOSS: one before it is missing or does not parse. Cost: a scan over the passages before it.
  absl::StatusOr<absl::optional<PassageOrdinal>> FindPassage(uint64_t segment, PassageOrdinal first, uint32_t count,
                                                             Span span) const;

  // Writes `bytes` as pieces of the segment, numbered from `first_piece` on, and returns what the manifest says of
  // them.
  absl::StatusOr<storage::PieceSet> PutPieces(uint64_t segment, absl::string_view name, uint32_t first_piece,
                                              absl::string_view bytes);

  // The bytes that PutPieces was given. DATA_LOSS: a piece is missing or its SHA-256 is wrong, and the message says
  // which, or there are not as many bytes as there were.
  absl::StatusOr<std::string> GetPieces(uint64_t segment, const storage::PieceSet& pieces) const;

  // Writes the pieces of a segment of another store under the same numbers into `segment`, one in memory at a time.
  // DATA_LOSS: one is missing there, or its SHA-256 is wrong.
  absl::Status CopyPieces(const SegmentStore& from, uint64_t from_segment, const storage::PieceSet& pieces,
                          uint64_t segment);

  // The bytes of the index `name` of a segment. DATA_LOSS: the segment has none, or as GetPieces.
  absl::StatusOr<std::string> GetIndex(const storage::SegmentManifest& segment, absl::string_view name) const;

  // The document table of a segment. It is read and parsed once, as long as somebody keeps it: it is the largest part
  // of what a change of a few documents needs to know. DATA_LOSS: as GetIndex, or it does not parse.
  absl::StatusOr<std::shared_ptr<const storage::DocumentTable>> GetDocuments(
      const storage::SegmentManifest& segment) const;

  // Ids of all segments of which anything is stored, ascending.
  absl::StatusOr<std::vector<uint64_t>> Segments() const;

  // While the result or a copy of it lives, the segment is held. Whoever reads passages of a generation holds its
  // segment; who retires generations leaves those that are held.
  SegmentHold Hold(uint64_t segment) const;
  bool IsHeld(uint64_t segment) const;

  // Adds the removal of everything of the segment to `batch`, held or not.
  static void Delete(uint64_t segment, WriteBatch* batch);

 private:
  // DATA_LOSS: as GetPieces.
  absl::StatusOr<std::string> GetPiece(uint64_t segment, const storage::PieceSet& pieces, int index) const;

  Database* database_;
  absl::Mutex new_segment_mutex_;
  mutable absl::Mutex holds_mutex_;
  mutable absl::flat_hash_map<uint64_t, std::weak_ptr<const uint64_t>> holds_ ABSL_GUARDED_BY(holds_mutex_);
  mutable absl::Mutex documents_mutex_;
  // By SHA-256 of the pieces.
  mutable absl::flat_hash_map<std::string, std::weak_ptr<const storage::DocumentTable>> documents_
      ABSL_GUARDED_BY(documents_mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_SEGMENT_STORE_H_
