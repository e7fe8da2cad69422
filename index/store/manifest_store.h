// Column family `meta`: the generations of each corpus, and which of them is active.
//
// Thread-safe.
#ifndef BEDSIDE_INDEX_STORE_MANIFEST_STORE_H_
#define BEDSIDE_INDEX_STORE_MANIFEST_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/store/database.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class ManifestStore {
 public:
  // `database` must outlive the store.
  explicit ManifestStore(Database* database) : database_(database) {}

  // Names of the corpora that have an active generation, bytewise.
  absl::StatusOr<std::vector<std::string>> Corpora() const;

  // Generations of the corpus, newest first. DATA_LOSS: a manifest does not parse.
  absl::StatusOr<std::vector<storage::Manifest>> Manifests(absl::string_view corpus) const;

  // Generations of all corpora, also of one that has no active generation yet. DATA_LOSS: as Manifests.
  absl::StatusOr<std::vector<storage::Manifest>> AllManifests() const;

  // Name of the active generation; unset when the corpus has none.
  absl::StatusOr<absl::optional<std::string>> Current(absl::string_view corpus) const;

  // NOT_FOUND: no such generation.
  absl::StatusOr<storage::Manifest> Get(absl::string_view corpus, absl::string_view generation) const;

  // Adds to `batch`: the manifest; that its generation is active; the removal of a manifest.
  static void Put(const storage::Manifest& manifest, WriteBatch* batch);
  static void SetCurrent(absl::string_view corpus, absl::string_view generation, WriteBatch* batch);
  static void Delete(const storage::Manifest& manifest, WriteBatch* batch);

 private:
  // Those whose keys begin so, by key.
  absl::StatusOr<std::vector<storage::Manifest>> ManifestsWith(const std::string& prefix) const;

  Database* database_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_MANIFEST_STORE_H_
