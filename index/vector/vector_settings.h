// VectorIndexConfig with its defaults filled in.
#ifndef BEDSIDE_INDEX_VECTOR_VECTOR_SETTINGS_H_
#define BEDSIDE_INDEX_VECTOR_VECTOR_SETTINGS_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

struct VectorSettings {
  uint64_t flat_limit;
  int links;
  int build_beam;
  size_t search_beam;
};

// INVALID_ARGUMENT: a field is out of range, which is named.
absl::StatusOr<VectorSettings> ResolveVectorSettings(const config::VectorIndexConfig& config);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_VECTOR_SETTINGS_H_
