#include "index/store/token_store.h"

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {

absl::StatusOr<std::vector<absl::optional<std::string>>> TokenStore::Get(const std::vector<std::string>& keys) const {
  ASSIGN_OR_RETURN(std::vector<absl::optional<std::string>> found, database_->MultiGet(Family::kTokenVectors, keys));
  for (const absl::optional<std::string>& codes : found) {
    if (!codes.has_value() || codes->size() % code_bytes_ == 0) continue;
    return absl::DataLossError(absl::StrCat("stored codes of tokens have ", codes->size(),
                                            " bytes, wanted a multiple of ", code_bytes_,
                                            ". Ingest into a new store."));
  }
  return found;
}

void TokenStore::Put(absl::string_view key, absl::string_view codes, WriteBatch* batch) {
  batch->Put(Family::kTokenVectors, key, codes);
}

}  // namespace bedside
