// Makes a generation the one that serves, in one synced write: the manifest, the pointer, the change and the retirement
// of generations that are no longer kept. A crash leaves either the old state or the new one.
//
// Thread-safe.
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

  // Publishes and activates the generation, with the status notices that came with its documents. `kept`: generations
  // kept beside it.
  absl::Status Publish(const storage::Manifest& manifest, const std::vector<storage::StatusNotice>& notices,
                       size_t kept, int64_t time_micros);

  // Activates a generation that is kept. NOT_FOUND: there is none of this name.
  absl::Status Activate(absl::string_view corpus, absl::string_view generation, int64_t time_micros);

 private:
  // Adds the removal of what is no longer kept once `active` serves.
  absl::Status Retire(const storage::Manifest& active, size_t kept, WriteBatch* batch) const;

  EvidenceStore* store_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_GENERATION_GENERATION_PUBLISHER_H_
