// Puts the segments of a store into a cluster, each as an index of its own that is named after what is in it: one that
// is there already is not written again, and one that was written in part is written over.
//
// Not thread-safe. Memory: the indexes of the segment, and the postings of some thousand passages.
#ifndef BEDSIDE_INDEX_CLUSTER_SEGMENT_UPLOADER_H_
#define BEDSIDE_INDEX_CLUSTER_SEGMENT_UPLOADER_H_

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/cluster/bulk_writer.h"
#include "index/cluster/cluster_client.h"
#include "index/cluster/index_names.h"
#include "index/generation/segment.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class SegmentUploader {
 public:
  // How many of all passages of the segment are sent by now. An error ends the upload.
  using Progress = std::function<absl::Status(size_t passages, size_t total)>;

  // All but the configuration must outlive the uploader. `progress` may be null.
  SegmentUploader(EvidenceStore* store, const ClusterClient* client, const config::IndexConfig& config,
                  Progress progress = nullptr);

  // What a manifest in the cluster says of the segment. FAILED_PRECONDITION: the index is there and is not of this
  // version. ABORTED: the index was removed meanwhile. DATA_LOSS: the store lacks a part of the segment. INTERNAL:
  // the cluster refuses a part, or has another number of passages after the upload. Other errors are those of
  // BulkWriter.
  absl::StatusOr<storage::SegmentManifest> Upload(const storage::Manifest& generation,
                                                  const storage::SegmentManifest& segment);

  // ABORTED: a segment of the manifest, which is that of a generation in the cluster, is not whole there, as where
  // another publisher has removed it meanwhile.
  absl::Status CheckSealed(const storage::Manifest& generation) const;

 private:
  absl::StatusOr<storage::SegmentManifest> Write(const storage::Manifest& generation,
                                                 const storage::SegmentManifest& manifest, const Segment& segment,
                                                 const std::string& index) const;
  // Of an index that was written to. One that is removed meanwhile is made anew by what is written to it, with other
  // fields: that goes, too.
  absl::Status CheckNotRemoved(const std::string& index, size_t dimension) const;
  absl::StatusOr<bool> IsSealed(const std::string& index) const;
  absl::Status CreateIndex(const std::string& index, size_t dimension) const;
  absl::StatusOr<nlohmann::json> GetMappings(const std::string& index) const;
  absl::Status CheckMappings(const std::string& index, size_t dimension) const;
  absl::Status UploadDocuments(const std::string& corpus, const Segment& segment, BulkWriter* bulk) const;
  absl::Status UploadPassages(const storage::Manifest& generation, const Segment& segment, BulkWriter* bulk) const;
  // What is asked of a large index may take longer than a request may; it goes on meanwhile.
  absl::StatusOr<nlohmann::json> PostPatiently(const std::string& path, const nlohmann::json& body) const;
  absl::Status Seal(const std::string& index, size_t passages) const;

  EvidenceStore* store_;
  const ClusterClient* client_;
  const config::IndexConfig config_;
  const IndexNames names_;
  const Progress progress_;
};

// The segment as its manifest in a cluster says it, where `index` has it: of the lexical index the terms only, and no
// vectors. `visit`: called with each piece and its id.
absl::StatusOr<storage::SegmentManifest> ClusterManifestOf(
    const SegmentStore& segments, const storage::SegmentManifest& segment, const std::string& index,
    const std::function<absl::Status(const std::string& id, absl::string_view bytes)>& visit);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_SEGMENT_UPLOADER_H_
