#include "ingest/connectors/source_shard.h"

#include <string>

#include "index/hash/sha256.h"

namespace bedside {

bool SourceShard::Has(absl::string_view path_below) const {
  if (count == 1) return true;
  const std::string digest = Sha256(path_below);
  uint64_t hash = 0;
  for (size_t i = 0; i < sizeof hash; ++i) hash = hash << 8 | static_cast<uint8_t>(digest[i]);
  return hash % count == number;
}

}  // namespace bedside
