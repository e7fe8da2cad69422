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
  // `kept`: generations kept beside the active one. `store` must outlive the publisher.
  GenerationPublisher(EvidenceStore* store, size_t kept) : store_(store), kept_(kept) {}

  // Publishes and activates the generation, with the status notices that came with its documents.
  absl::Status Publish(const storage::Manifest& manifest, const std::vector<storage::StatusNotice>& notices,
                       int64_t time_micros);

  // Activates a generation that is kept. NOT_FOUND: there is none of this name.
  absl::Status Activate(absl::string_view corpus, absl::string_view generation, int64_t time_micros);

 private:
  // Adds the removal of what is no longer kept once `active` serves.
  absl::Status Retire(const storage::Manifest& active, WriteBatch* batch) const;

  EvidenceStore* store_;
  size_t kept_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_GENERATION_GENERATION_PUBLISHER_H_
