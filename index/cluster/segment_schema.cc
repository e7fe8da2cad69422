#include "index/cluster/segment_schema.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace bedside {
namespace {

using Json = nlohmann::json;

// Those of VectorIndexConfig.
constexpr int kHnswLinks = 16;
constexpr int kHnswBuildBeam = 200;
constexpr int kDefaultReplicas = 1;

Json VectorField(const config::ClusterConfig& config, size_t dimension) {
  const bool is_faiss = config.vector_engine() == config::CLUSTER_VECTOR_ENGINE_FAISS;
  return {{"type", "knn_vector"},
          {"dimension", dimension},
          {"method",
           {{"name", "hnsw"},
            {"engine", is_faiss ? "faiss" : "lucene"},
            {"space_type", "innerproduct"},
            {"parameters", {{"m", kHnswLinks}, {"ef_construction", kHnswBuildBeam}}}}}};
}

int ReplicasOf(const config::ClusterConfig& config) {
  return config.has_replicas() ? static_cast<int>(config.replicas()) : kDefaultReplicas;
}

// Bytes that are read and never searched.
Json StoredField() { return {{"type", "binary"}, {"store", true}}; }

Json Properties(const config::ClusterConfig& config, size_t dimension) {
  return {{"passage", {{"type", "integer"}}},
          {"document", {{"type", "integer"}}},
          {"begin", {{"type", "integer"}, {"index", false}}},
          {"end", {{"type", "integer"}, {"index", false}}},
          {"terms", {{"type", "rank_features"}}},
          {"vector", VectorField(config, dimension)},
          {"text", StoredField()},
          {"signals", StoredField()},
          {"content", StoredField()},
          {"head", StoredField()},
          {"piece", StoredField()}};
}

}  // namespace

Json RecordIndexSettings(const config::ClusterConfig& config) {
  return {{"index", {{"number_of_shards", 1}, {"number_of_replicas", ReplicasOf(config)}}}};
}

std::string PieceId(uint32_t piece) { return absl::StrCat("p", piece); }

std::string DocumentRecordId(uint32_t entry) { return absl::StrCat("d", entry); }

Json SegmentIndexBody(const config::ClusterConfig& config, size_t dimension) {
  return {{"settings",
           {{"index",
             {{"knn", true},
              {"number_of_shards", config.shards() == 0 ? 1 : config.shards()},
              {"number_of_replicas", ReplicasOf(config)},
              {"refresh_interval", "-1"}}}}},
          {"mappings",
           {{"dynamic", "strict"},
            {"_source", {{"enabled", false}}},
            {"_meta", {{"bedside_schema", kSegmentSchemaVersion}}},
            {"properties", Properties(config, dimension)}}}};
}

absl::Status CheckSegmentMappings(const Json& mappings, size_t dimension) {
  static const Json::json_pointer& version = *new Json::json_pointer("/_meta/bedside_schema");
  static const Json::json_pointer& dimensions = *new Json::json_pointer("/properties/vector/dimension");
  if (!mappings.is_object() || !mappings.contains(version) || mappings.at(version) != kSegmentSchemaVersion) {
    return absl::FailedPreconditionError(
        absl::StrCat("it is no index of a segment of version ", kSegmentSchemaVersion, ". ", kWriteAnew));
  }
  if (!mappings.contains(dimensions) || mappings.at(dimensions) != dimension) {
    return absl::FailedPreconditionError(absl::StrCat("its vectors do not have ", dimension,
                                                      " dimensions. Reindex the corpus with the model that is "
                                                      "configured."));
  }
  const Json properties = Properties(config::ClusterConfig(), dimension);
  for (const auto& [field, wanted] : properties.items()) {
    const Json::json_pointer type("/properties/" + field + "/type");
    if (mappings.contains(type) && mappings.at(type) == wanted.at("type")) continue;
    return absl::FailedPreconditionError(absl::StrCat("its field ", field, " is not of type ",
                                                      wanted.at("type").get<std::string>(),
                                                      ": somebody else made or changed it. ", kWriteAnew));
  }
  return absl::OkStatus();
}

std::string FeatureName(absl::string_view term) { return absl::StrReplaceAll(term, {{"%", "%25"}, {".", "%2E"}}); }

}  // namespace bedside
