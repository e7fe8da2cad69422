// The index of a segment in a cluster: what its documents are, and how they are searched.
//
//   passages    id 0, 1, ...      what of it is searched (terms, vector, document), and what is read of it
//   documents   id d0, d1, ...    a document of the segment, whole, and its head (DocumentStore::GetMetadata)
//   pieces      id p0, p1, ...    the tables of the segment, as PieceSet numbers them
//   seal        id seal           written last: all of the above is there
//
// The field `terms` holds of each term its impact (index/lexical/bm25f.h), a whole number from 1 to 255, which the type
// rank_features keeps exactly; a question asks for the sum of weight times impact. So scores are those of LexicalIndex,
// but for the rounding of floats: https://docs.opensearch.org/docs/2.19/field-types/supported-field-types/rank/
//
// The field `document` is searched by a Roaring bitmap of the documents that are allowed.
#ifndef BEDSIDE_INDEX_CLUSTER_SEGMENT_SCHEMA_H_
#define BEDSIDE_INDEX_CLUSTER_SEGMENT_SCHEMA_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

// Counts up when what is written changes.
constexpr int kSegmentSchemaVersion = 1;

// What is to be done about an index in which something is wrong.
constexpr absl::string_view kWriteAnew =
    "Delete that index, and run the job that published it again, which writes it anew.";

// The body that creates the index: settings and mappings.
nlohmann::json SegmentIndexBody(const config::ClusterConfig& config, size_t dimension);

// The settings of an index of few documents that are read by their id: one shard, on as many nodes as the site wants
// copies.
nlohmann::json RecordIndexSettings(const config::ClusterConfig& config);

// The ids of a piece of a table, and of a document by its place in the document table.
std::string PieceId(uint32_t piece);
std::string DocumentRecordId(uint32_t entry);

// Whether the mappings that the cluster has, as GET /INDEX/_mapping says them of one index, are those of this version
// and dimension. FAILED_PRECONDITION: they are not; says what is missing or differs.
absl::Status CheckSegmentMappings(const nlohmann::json& mappings, size_t dimension);

// The name of a term below the field `terms`, in which a dot would end the field: "2.5" is "2%2E5".
std::string FeatureName(absl::string_view term);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_SEGMENT_SCHEMA_H_
