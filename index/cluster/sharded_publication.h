// Makes one generation of the segments that several workers have built of shards of the sources, and put into the
// cluster: each document is in force once. What the generation that serves has of other source sets stays.
//
// Immutable, thread-safe. Memory: the document tables of all segments. Errors beside those named are those of
// SegmentReader.
#ifndef BEDSIDE_INDEX_CLUSTER_SHARDED_PUBLICATION_H_
#define BEDSIDE_INDEX_CLUSTER_SHARDED_PUBLICATION_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "index/cluster/segment_reader.h"
#include "index/generation/live_documents.h"
#include "proto/bedside/storage/document.pb.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class ShardedPublication {
 public:
  // What all shards are of.
  struct Terms {
    std::string corpus;
    // A name.
    std::string source_set;
    storage::EmbedderIdentity embedder;
    std::string settings_sha256;
  };

  // Whether, of two documents of one id without their texts, `later` is to be in force rather than `earlier`. They
  // come in the order of the shards.
  using Prevails = std::function<bool(const storage::Document& later, const storage::Document& earlier)>;

  // `reader` must outlive the object.
  ShardedPublication(const SegmentReader* reader, Terms terms, Prevails prevails)
      : reader_(reader), terms_(std::move(terms)), prevails_(std::move(prevails)) {}

  // What `active`, which serves, has of other source sets; no segments where it has nothing. FAILED_PRECONDITION: it
  // has something, which was made with another model or other settings, so that it cannot stand beside the shards.
  absl::StatusOr<storage::Manifest> OfOtherSets(const absl::optional<storage::Manifest>& active) const;

  // The generation of the shards, without a name, a time or notices, behind what stays of `active`. A document
  // that another source set has is that one's. FAILED_PRECONDITION: no shard has a document, or as OfOtherSets.
  absl::StatusOr<storage::Manifest> Compose(const std::vector<storage::Manifest>& shards,
                                            const absl::optional<storage::Manifest>& active) const;

 private:
  // Where a document stands that stands more than once, in the order of the shards.
  using Copies = std::vector<DocumentPlace>;

  // So that each document is in force once. `others`: segments in front that are of other sets.
  absl::StatusOr<std::vector<DocumentPlace>> LeftOut(const storage::Manifest& manifest,
                                                     const LiveDocuments::Tables& tables, uint32_t others) const;
  // Of each document, all copies but the one that prevails.
  absl::StatusOr<std::vector<DocumentPlace>> Outdone(const storage::Manifest& manifest,
                                                     absl::Span<const Copies> doubled) const;
  // Of all copies, one after another.
  absl::StatusOr<std::vector<storage::Document>> ReadHeads(const storage::Manifest& manifest,
                                                           absl::Span<const Copies> doubled) const;

  const SegmentReader* reader_;
  const Terms terms_;
  const Prevails prevails_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_SHARDED_PUBLICATION_H_
