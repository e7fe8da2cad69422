// Makes a generation the one that serves, in one synced write: the manifest, the pointer, the change and the retirement
// of generations that are no longer kept. A crash leaves either the old state or the new one.
//
// Thread-safe, also where several publishers work on one store.
#ifndef BEDSIDE_INDEX_GENERATION_GENERATION_PUBLISHER_H_
#define BEDSIDE_INDEX_GENERATION_GENERATION_PUBLISHER_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/storage/status.pb.h"

namespace bedside {

class GenerationPublisher {
 public:
  // `store` must outlive the publisher.
  explicit GenerationPublisher(EvidenceStore* store) : store_(store) {}

  // Publishes and activates the generation, with the status notices that came with its documents. Beside it `kept` are
  // kept: the one that served until now, whatever its age, and then the newest. One that is held (SegmentStore::Hold)
  // is kept as well until the next publication finds it free. The others are removed. `kept`: 0 is taken for 1.
  absl::Status Publish(const storage::Manifest& manifest, const std::vector<storage::StatusNotice>& notices,
                       size_t kept, int64_t time_micros);

  // The same without activating it: what serves goes on, and is kept beside it.
  absl::Status Keep(const storage::Manifest& manifest, const std::vector<storage::StatusNotice>& notices, size_t kept,
                    int64_t time_micros);

  // Activates a generation that is kept; retires none. NOT_FOUND: there is none of this name.
  absl::Status Activate(absl::string_view corpus, absl::string_view generation, int64_t time_micros);

  // Removes a generation that is kept. NOT_FOUND: there is none of this name. FAILED_PRECONDITION: it is the active
  // one. ABORTED: somebody reads it at this moment (SegmentStore::Hold).
  absl::Status RetireKept(absl::string_view corpus, absl::string_view generation);

 private:
  // The other generations of the corpus of `next`: the one that serves until now, then from new to old.
  absl::StatusOr<std::vector<storage::Manifest>> EarlierThan(const storage::Manifest& next) const;

  absl::Status Add(const storage::Manifest& manifest, const std::vector<storage::StatusNotice>& notices, size_t kept,
                   int64_t time_micros, bool activate);

  // Adds the removal of what is no longer kept once `next` serves.
  absl::Status Retire(const storage::Manifest& next, size_t kept, WriteBatch* batch) const;

  bool IsHeld(const storage::Manifest& generation) const;

  EvidenceStore* store_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_GENERATION_GENERATION_PUBLISHER_H_
