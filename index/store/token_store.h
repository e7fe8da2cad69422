// Column family `token_vectors`: the codes of a text's tokens (index/interaction/token_codes.h) by the key that the
// vector of the text has (VectorCache::KeyOf), so that passages of the same text in all generations share them.
//
// Thread-safe. Cost: on disk 48 bytes a token at 384 dimensions.
#ifndef BEDSIDE_INDEX_STORE_TOKEN_STORE_H_
#define BEDSIDE_INDEX_STORE_TOKEN_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/store/database.h"

namespace bedside {

class TokenStore {
 public:
  // `database` must outlive the store. `code_bytes`: of one token, more than 0.
  TokenStore(Database* database, size_t code_bytes) : database_(database), code_bytes_(code_bytes) {}

  // One a key, in their order; unset for a text that is not known. DATA_LOSS: codes that are not whole.
  absl::StatusOr<std::vector<absl::optional<std::string>>> Get(const std::vector<std::string>& keys) const;

  // Adds the codes of a key to `batch`.
  static void Put(absl::string_view key, absl::string_view codes, WriteBatch* batch);

 private:
  Database* database_;
  size_t code_bytes_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_TOKEN_STORE_H_
