#include "index/store/manifest_store.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "index/store/store_keys.h"

namespace bedside {
namespace {

std::string CurrentPrefix() {
  std::string key;
  AppendText("current", &key);
  return key;
}

std::string AllManifestsPrefix() {
  std::string key;
  AppendText("manifest", &key);
  return key;
}

std::string ManifestPrefix(absl::string_view corpus) {
  std::string key = AllManifestsPrefix();
  AppendText(corpus, &key);
  return key;
}

std::string ManifestKey(absl::string_view corpus, absl::string_view generation) {
  return absl::StrCat(ManifestPrefix(corpus), generation);
}

std::string CurrentKey(absl::string_view corpus) { return absl::StrCat(CurrentPrefix(), corpus); }

}  // namespace

absl::StatusOr<std::vector<std::string>> ManifestStore::Corpora() const {
  std::vector<std::string> corpora;
  const std::string prefix = CurrentPrefix();
  RETURN_IF_ERROR(database_->Scan(Family::kMeta, prefix, "", [&](absl::string_view key, absl::string_view) {
    corpora.emplace_back(key.substr(prefix.size()));
    return true;
  }));
  return corpora;
}

absl::StatusOr<std::vector<storage::Manifest>> ManifestStore::Manifests(absl::string_view corpus) const {
  ASSIGN_OR_RETURN(std::vector<storage::Manifest> manifests, ManifestsWith(ManifestPrefix(corpus)));
  std::reverse(manifests.begin(), manifests.end());
  return manifests;
}

absl::StatusOr<std::vector<storage::Manifest>> ManifestStore::AllManifests() const {
  return ManifestsWith(AllManifestsPrefix());
}

absl::StatusOr<std::vector<storage::Manifest>> ManifestStore::ManifestsWith(const std::string& prefix) const {
  std::vector<storage::Manifest> manifests;
  std::string unreadable;
  RETURN_IF_ERROR(database_->Scan(Family::kMeta, prefix, "", [&](absl::string_view key, absl::string_view value) {
    if (manifests.emplace_back().ParseFromArray(value.data(), static_cast<int>(value.size()))) return true;
    const absl::string_view name = key.substr(AllManifestsPrefix().size());
    unreadable = std::string(name.substr(0, name.find('\0')));
    return false;
  }));
  if (unreadable.empty()) return manifests;
  return absl::DataLossError(absl::StrCat("a manifest of corpus ", unreadable, " is corrupt"));
}

absl::StatusOr<absl::optional<std::string>> ManifestStore::Current(absl::string_view corpus) const {
  return database_->Get(Family::kMeta, CurrentKey(corpus));
}

absl::StatusOr<storage::Manifest> ManifestStore::Get(absl::string_view corpus, absl::string_view generation) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   database_->Get(Family::kMeta, ManifestKey(corpus, generation)));
  const std::string name = absl::StrCat("generation ", generation, " of corpus ", corpus);
  if (!bytes.has_value()) return absl::NotFoundError(absl::StrCat("there is no ", name, ". ListGenerations has them."));
  storage::Manifest manifest;
  if (!manifest.ParseFromString(*bytes))
    return absl::DataLossError(absl::StrCat("the manifest of ", name, " is corrupt"));
  return manifest;
}

void ManifestStore::Put(const storage::Manifest& manifest, WriteBatch* batch) {
  batch->Put(Family::kMeta, ManifestKey(manifest.corpus(), manifest.generation()), manifest.SerializeAsString());
}

void ManifestStore::SetCurrent(absl::string_view corpus, absl::string_view generation, WriteBatch* batch) {
  batch->Put(Family::kMeta, CurrentKey(corpus), generation);
}

void ManifestStore::Delete(const storage::Manifest& manifest, WriteBatch* batch) {
  batch->Delete(Family::kMeta, ManifestKey(manifest.corpus(), manifest.generation()));
}

}  // namespace bedside
