#include "index/vector/vector_settings.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

absl::Status CheckRange(absl::string_view field, uint32_t value, uint32_t least, uint32_t most) {
  if (value >= least && value <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("VectorIndexConfig.", field, " is ", value, ", wanted 0 or ", least, " to ", most));
}

}  // namespace

absl::StatusOr<VectorSettings> ResolveVectorSettings(const config::VectorIndexConfig& config) {
  const uint32_t links = config.hnsw_links() == 0 ? 16 : config.hnsw_links();
  const uint32_t build_beam = config.hnsw_build_beam() == 0 ? 200 : config.hnsw_build_beam();
  const uint32_t search_beam = config.hnsw_search_beam() == 0 ? 256 : config.hnsw_search_beam();
  RETURN_IF_ERROR(CheckRange("hnsw_links", links, 4, 128));
  RETURN_IF_ERROR(CheckRange("hnsw_build_beam", build_beam, 16, 2000));
  RETURN_IF_ERROR(CheckRange("hnsw_search_beam", search_beam, 16, 2000));
  return VectorSettings{config.flat_limit() == 0 ? 20000 : config.flat_limit(), static_cast<int>(links),
                        static_cast<int>(build_beam), search_beam};
}

}  // namespace bedside
