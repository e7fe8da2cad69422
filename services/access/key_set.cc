#include "services/access/key_set.h"

#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/bounded_file.h"
#include "services/access/strict_json.h"

namespace bedside {
namespace {

constexpr size_t kMostFileBytes = 256 << 10;
constexpr size_t kMostKeys = 100;
constexpr size_t kMostKidBytes = 256;

absl::Status BadKey(size_t index, absl::string_view problem) {
  return absl::InvalidArgumentError(absl::StrCat("keys[", index, "] cannot be used: ", problem));
}

// Adds keys[index], if it is one for signatures.
absl::Status AddKey(size_t index, const nlohmann::json& jwk, PublicKeys* keys) {
  if (!jwk.is_object()) return BadKey(index, "it is no object");
  absl::StatusOr<std::unique_ptr<PublicKey>> key = PublicKey::FromJwk(jwk);
  if (absl::IsUnimplemented(key.status())) return absl::OkStatus();
  if (!key.ok()) return BadKey(index, key.status().message());
  const std::string* kid = FindString(jwk, "kid");
  if (kid == nullptr || kid->empty() || kid->size() > kMostKidBytes)
    return BadKey(index, "it has no kid to be named by");
  if (!keys->emplace(*kid, *std::move(key)).second) return BadKey(index, "another one has the same kid");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PublicKeys> ParseKeySet(absl::string_view json) {
  const absl::optional<nlohmann::json> set = ParseStrictJson(json);
  if (!set || !set->contains("keys") || !(*set)["keys"].is_array() || (*set)["keys"].size() > kMostKeys) {
    return absl::InvalidArgumentError(absl::StrCat("wanted a JSON object with \"keys\", at most ", kMostKeys));
  }
  PublicKeys keys;
  const nlohmann::json& list = (*set)["keys"];
  for (size_t i = 0; i < list.size(); ++i) RETURN_IF_ERROR(AddKey(i, list[i], &keys));
  if (keys.empty()) return absl::InvalidArgumentError("no key is for signatures of tokens");
  return keys;
}

absl::StatusOr<std::unique_ptr<KeySetFile>> KeySetFile::Open(const std::string& path, absl::Time now) {
  auto file = absl::WrapUnique(new KeySetFile(path));
  RETURN_IF_ERROR(file->Look(now));
  return file;
}

absl::Status KeySetFile::Look(absl::Time now) {
  absl::MutexLock lock(&mutex_);
  return LookLocked(now);
}

absl::Status KeySetFile::LookLocked(absl::Time now) {
  last_look_ = now;
  ASSIGN_OR_RETURN(std::string text, ReadBoundedFile(path_, kMostFileBytes));
  if (text == text_) return absl::OkStatus();
  absl::StatusOr<PublicKeys> keys = ParseKeySet(text);
  if (!keys.ok()) return absl::InvalidArgumentError(absl::StrCat("key set ", path_, ": ", keys.status().message()));
  keys_ = *std::move(keys);
  text_ = std::move(text);
  return absl::OkStatus();
}

std::shared_ptr<const PublicKey> KeySetFile::Find(absl::string_view kid, absl::Time now) {
  absl::MutexLock lock(&mutex_);
  std::shared_ptr<const PublicKey> known = FindKnown(kid);
  if (known != nullptr || now - last_look_ < kLeastInterval) return known;
  // What is wrong with the file is told by who looks at it regularly.
  LookLocked(now).IgnoreError();
  return FindKnown(kid);
}

std::shared_ptr<const PublicKey> KeySetFile::FindKnown(absl::string_view kid) const {
  const auto found = keys_.find(kid);
  return found == keys_.end() ? nullptr : found->second;
}

}  // namespace bedside
