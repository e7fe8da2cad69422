// Brings a generation up to date with the documents that were upserted since it was built.
#ifndef BEDSIDE_INDEX_GENERATION_UPSERT_REPLAY_H_
#define BEDSIDE_INDEX_GENERATION_UPSERT_REPLAY_H_

#include "absl/status/statusor.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class UpsertReplay {
 public:
  virtual ~UpsertReplay() = default;

  // The generation with a segment more, of the documents that were upserted after its change sequence and that it lacks
  // in that version; as it is, where it lacks none. The segment is synced and verified. FAILED_PRECONDITION: the
  // generation is of another embedder. Called while EvidenceStore::publishing() is held.
  virtual absl::StatusOr<storage::Manifest> Replay(storage::Manifest manifest) = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_GENERATION_UPSERT_REPLAY_H_
