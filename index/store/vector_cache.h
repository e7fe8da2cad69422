// Column family `vectors`: embeddings by SHA-256 of embedder id and text, as float16, so that the same text is embedded
// once. Half precision changes a cosine by less than 0.0005.
//
// Thread-safe. Cost: 2 bytes a dimension on disk.
#ifndef BEDSIDE_INDEX_STORE_VECTOR_CACHE_H_
#define BEDSIDE_INDEX_STORE_VECTOR_CACHE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "index/store/database.h"

namespace bedside {

class VectorCache {
 public:
  // `database` must outlive the cache.
  VectorCache(Database* database, std::string embedder_id, size_t dimension)
      : database_(database), embedder_id_(std::move(embedder_id)), dimension_(dimension) {}

  // The key of a text, 32 bytes.
  std::string KeyOf(absl::string_view text) const;

  // One vector a key, in their order; empty for a text that is not known. DATA_LOSS: a vector of another dimension.
  absl::StatusOr<std::vector<std::vector<float>>> Get(const std::vector<std::string>& keys) const;

  // What Get will give for `vector`: its values rounded to half precision.
  static std::vector<float> Rounded(absl::Span<const float> vector);

  // Adds the vector of a key to `batch`. REQUIRES: vector.size() is the dimension.
  void Put(const std::string& key, absl::Span<const float> vector, WriteBatch* batch) const;

 private:
  Database* database_;
  std::string embedder_id_;
  size_t dimension_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_VECTOR_CACHE_H_
