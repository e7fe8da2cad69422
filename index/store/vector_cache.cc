#include "index/store/vector_cache.h"

#include <immintrin.h>

#include <cstring>

#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

std::string ToHalves(absl::Span<const float> vector) {
  std::string bytes(vector.size() * sizeof(uint16_t), '\0');
  for (size_t i = 0; i < vector.size(); ++i) {
    const uint16_t half = _cvtss_sh(vector[i], _MM_FROUND_TO_NEAREST_INT);
    std::memcpy(&bytes[i * sizeof half], &half, sizeof half);
  }
  return bytes;
}

std::vector<float> FromHalves(absl::string_view bytes) {
  std::vector<float> vector(bytes.size() / sizeof(uint16_t));
  for (size_t i = 0; i < vector.size(); ++i) {
    uint16_t half;
    std::memcpy(&half, &bytes[i * sizeof half], sizeof half);
    vector[i] = _cvtsh_ss(half);
  }
  return vector;
}

}  // namespace

std::string VectorCache::KeyOf(absl::string_view text) const {
  return Sha256(absl::StrCat(embedder_id_, absl::string_view("\0", 1), text));
}

absl::StatusOr<std::vector<std::vector<float>>> VectorCache::Get(const std::vector<std::string>& keys) const {
  ASSIGN_OR_RETURN(const std::vector<absl::optional<std::string>> found, database_->MultiGet(Family::kVectors, keys));
  std::vector<std::vector<float>> vectors(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    if (!found[i].has_value()) continue;
    if (found[i]->size() != dimension_ * sizeof(uint16_t)) {
      return absl::DataLossError(absl::StrCat("a stored vector of ", embedder_id_, " has ", found[i]->size(),
                                              " bytes, wanted ", dimension_ * sizeof(uint16_t),
                                              ". Ingest into a new store."));
    }
    vectors[i] = FromHalves(*found[i]);
  }
  return vectors;
}

std::vector<float> VectorCache::Rounded(absl::Span<const float> vector) { return FromHalves(ToHalves(vector)); }

void VectorCache::Put(const std::string& key, absl::Span<const float> vector, WriteBatch* batch) const {
  batch->Put(Family::kVectors, key, ToHalves(vector));
}

}  // namespace bedside
