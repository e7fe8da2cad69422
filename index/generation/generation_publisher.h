// Makes a generation the one that serves, in one synced write: the manifest, the pointer, the change and the retirement
// of generations that are no longer kept. A crash leaves either the old state or the new one.
//
// Thread-safe, also where several publishers work on one store.
#ifndef BEDSIDE_INDEX_GENERATION_GENERATION_PUBLISHER_H_
#define BEDSIDE_INDEX_GENERATION_GENERATION_PUBLISHER_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/generation/upsert_replay.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/storage/status.pb.h"

namespace bedside {

class GenerationPublisher {
 public:
  // Both must outlive the publisher. `replay`: what a generation that becomes active is brought up to date by; null:
  // nothing was ever upserted, or is to be.
  explicit GenerationPublisher(EvidenceStore* store, UpsertReplay* replay = nullptr) : store_(store), replay_(replay) {}

  // As below, of what `compose` makes of the store while publishing() is held. Returns what was published.
  absl::StatusOr<storage::Manifest> Publish(const std::function<absl::StatusOr<storage::Manifest>()>& compose,
                                            const std::vector<storage::StatusNotice>& notices, size_t kept,
                                            int64_t time_micros);

  // Publishes and activates the generation, with the status notices that came with its documents and what was upserted
  // since it was built. Where it does not say what it was built on, it is based on what serves until now. Beside it
  // `kept` are kept: the one that served until now, whatever its age, and then the newest. The others are removed; the
  // segments of one that is held (SegmentStore::Hold) by the next publication that finds them free. `kept`: 0 is taken
  // for 1.
  absl::Status Publish(const storage::Manifest& manifest, const std::vector<storage::StatusNotice>& notices,
                       size_t kept, int64_t time_micros);

  // Activates a generation that is kept, with what was upserted since it was built; retires none. NOT_FOUND: there is
  // none of this name.
  absl::Status Activate(absl::string_view corpus, absl::string_view generation, int64_t time_micros);

  // As Publish, of a generation that is not activated, nor brought up to date: what serves goes on, and is kept beside
  // it.
  absl::Status Keep(const storage::Manifest& manifest, const std::vector<storage::StatusNotice>& notices, size_t kept,
                    int64_t time_micros);

  // Removes a generation that is kept; its segments once nobody reads them. NOT_FOUND: there is none of this name.
  // FAILED_PRECONDITION: it is the active one.
  absl::Status RetireKept(absl::string_view corpus, absl::string_view generation);

  // Publishes the active generation with the segment that `changes`, upserts, are about. REQUIRES: publishing() has
  // been held since the manifest that `manifest` comes of was read
  absl::Status PublishUpserts(const storage::Manifest& manifest, const std::vector<storage::Change>& changes);

 private:
  // The other generations of the corpus of `next`: the one that serves until now, then from new to old.
  absl::StatusOr<std::vector<storage::Manifest>> EarlierThan(const storage::Manifest& next) const;

  // Of a manifest that is up to date. REQUIRES: publishing() is held
  absl::Status Add(const storage::Manifest& manifest, const std::vector<storage::StatusNotice>& notices, size_t kept,
                   int64_t time_micros, bool activate);

  // Adds the removal of what is no longer kept once `next` serves.
  absl::Status Retire(const storage::Manifest& next, size_t kept, WriteBatch* batch) const;

  absl::StatusOr<storage::Manifest> Replayed(storage::Manifest manifest) const;

  EvidenceStore* store_;
  UpsertReplay* replay_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_GENERATION_GENERATION_PUBLISHER_H_
