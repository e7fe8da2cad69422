// Column families `passages` and `pieces`: what an immutable segment is made of. Nothing here is visible to a search
// until a manifest that names the segment has been published.
//
// Thread-safe; one segment has one writer.
#ifndef BEDSIDE_INDEX_STORE_SEGMENT_STORE_H_
#define BEDSIDE_INDEX_STORE_SEGMENT_STORE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/passage/passage_ordinal.h"
#include "index/store/database.h"
#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/storage/passage.pb.h"

namespace bedside {

class SegmentStore {
 public:
  // `database` must outlive the store.
  explicit SegmentStore(Database* database) : database_(database) {}

  // A segment id that was never used before. Synced.
  absl::StatusOr<uint64_t> NewSegment();

  absl::Status PutPassages(uint64_t segment, PassageOrdinal first, const std::vector<storage::Passage>& passages);

  // One a passage, in the order given. DATA_LOSS: one is missing or does not parse.
  absl::StatusOr<std::vector<storage::Passage>> GetPassages(uint64_t segment,
                                                            const std::vector<PassageOrdinal>& passages) const;

  // Writes `bytes` as pieces of the segment, numbered from `first_piece` on, and returns what the manifest says of
  // them.
  absl::StatusOr<storage::PieceSet> PutPieces(uint64_t segment, absl::string_view name, uint32_t first_piece,
                                              absl::string_view bytes);

  // The bytes that PutPieces was given. DATA_LOSS: a piece is missing or its SHA-256 is wrong; the message says which.
  absl::StatusOr<std::string> GetPieces(uint64_t segment, const storage::PieceSet& pieces) const;

  // The bytes of the index `name` of a segment. DATA_LOSS: the segment has none, or as GetPieces.
  absl::StatusOr<std::string> GetIndex(const storage::SegmentManifest& segment, absl::string_view name) const;

  // Ids of all segments of which anything is stored, ascending.
  absl::StatusOr<std::vector<uint64_t>> Segments() const;

  // Adds the removal of everything of the segment to `batch`.
  static void Delete(uint64_t segment, WriteBatch* batch);

 private:
  Database* database_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_SEGMENT_STORE_H_
