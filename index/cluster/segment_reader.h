// Reads what the index of a segment keeps (segment_schema.h), by id.
//
// Thread-safe. Cost: one request a call, where nothing else is said.
#ifndef BEDSIDE_INDEX_CLUSTER_SEGMENT_READER_H_
#define BEDSIDE_INDEX_CLUSTER_SEGMENT_READER_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "index/cluster/cluster_client.h"
#include "index/generation/generation.h"
#include "index/generation/live_documents.h"
#include "index/passage/passage_ordinal.h"
#include "index/text/span.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

// A document in the index of a segment.
struct RecordPlace {
  std::string index;
  std::string id;
};

// Of passages and documents of a generation, in the order given.
std::vector<RecordPlace> PlacesOfPassages(const Generation& generation, absl::Span<const PassageOrdinal> passages);
RecordPlace PlaceOfDocument(const storage::Manifest& manifest, DocumentPlace document);
std::vector<RecordPlace> PlacesOfDocuments(const Generation& generation, absl::Span<const size_t> documents);

class SegmentReader {
 public:
  // `client` must outlive the reader.
  explicit SegmentReader(const ClusterClient* client) : client_(client) {}

  // The bytes of the stored field of each document, in the order given. Of each, DATA_LOSS: it is not there;
  // NOT_FOUND: its index is gone; UNAVAILABLE: none of its copies can be read now. Of the call: errors of
  // ClusterClient::Call.
  absl::StatusOr<std::vector<absl::StatusOr<std::string>>> ReadEach(const std::vector<RecordPlace>& places,
                                                                    const std::string& field) const;

  // All of them, or the first error; UNAVAILABLE also where an index is gone.
  absl::StatusOr<std::vector<std::string>> ReadField(const std::vector<RecordPlace>& places,
                                                     const std::string& field) const;

  // The bytes of a table of the segment. DATA_LOSS: a piece is not there, or has a wrong SHA-256. Other errors are
  // those of ReadField. Cost: one request a piece, of some megabytes, before each of which `between` is called.
  absl::StatusOr<std::string> ReadTable(
      const std::string& index, const storage::PieceSet& pieces, const std::function<void()>& between = [] {}) const;

  // The document tables of a generation in the cluster, one a segment. DATA_LOSS: one is missing, or cannot be read.
  // Other errors and the cost are those of ReadTable.
  absl::StatusOr<LiveDocuments::Tables> ReadDocumentTables(const storage::Manifest& manifest) const;

  // The passage of a document, by its number in the segment, that spans exactly these bytes; unset where none does.
  absl::StatusOr<absl::optional<PassageOrdinal>> FindPassage(const std::string& index, uint32_t document,
                                                             Span span) const;

 private:
  const ClusterClient* client_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_SEGMENT_READER_H_
