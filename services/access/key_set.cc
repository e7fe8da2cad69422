#include "services/access/key_set.h"

#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/bounded_file.h"
#include "services/access/key_set_fetch.h"
#include "services/access/strict_json.h"

namespace bedside {
namespace {

constexpr size_t kMostBytes = 256 << 10;
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

KeySetSource KeySetFile(const std::string& path) {
  return {path, [path] { return ReadBoundedFile(path, kMostBytes); }, /*is_remote=*/false};
}

KeySetSource KeySetUrl(const std::string& url, const std::string& ca_file) {
  return {url, [url, ca_file] { return FetchKeySet(url, ca_file, kMostBytes); }, /*is_remote=*/true};
}

absl::StatusOr<std::unique_ptr<KeySet>> KeySet::Open(KeySetSource source, absl::Time now) {
  auto set = absl::WrapUnique(new KeySet(std::move(source)));
  RETURN_IF_ERROR(set->Read(now));
  return set;
}

bool KeySet::IsTimeToLook(absl::Time now) const {
  if (!source_.is_remote) return true;
  const absl::Duration since = now - last_look_;
  return since >= kRemoteInterval || (wanted_ && since >= kLeastRemoteInterval);
}

absl::Status KeySet::Look(absl::Time now) {
  {
    absl::MutexLock lock(&mutex_);
    if (!IsTimeToLook(now)) return absl::OkStatus();
  }
  return Read(now);
}

// Tokens are verified by the keys of before meanwhile.
absl::Status KeySet::Read(absl::Time now) {
  {
    absl::MutexLock lock(&mutex_);
    last_look_ = now;
    wanted_ = false;
  }
  ASSIGN_OR_RETURN(std::string text, source_.read());
  absl::MutexLock lock(&mutex_);
  if (text == text_) return absl::OkStatus();
  absl::StatusOr<PublicKeys> keys = ParseKeySet(text);
  if (!keys.ok())
    return absl::InvalidArgumentError(absl::StrCat("key set ", source_.name, ": ", keys.status().message()));
  keys_ = *std::move(keys);
  text_ = std::move(text);
  return absl::OkStatus();
}

std::shared_ptr<const PublicKey> KeySet::Find(absl::string_view kid, absl::Time now) {
  {
    absl::MutexLock lock(&mutex_);
    std::shared_ptr<const PublicKey> known = FindKnown(kid);
    if (known != nullptr) return known;
    wanted_ = true;
    if (source_.is_remote || now - last_look_ < kLeastFileInterval) return nullptr;
  }
  // What is wrong with the file is told by who looks at it regularly.
  Read(now).IgnoreError();
  absl::MutexLock lock(&mutex_);
  return FindKnown(kid);
}

std::shared_ptr<const PublicKey> KeySet::FindKnown(absl::string_view kid) const {
  const auto found = keys_.find(kid);
  return found == keys_.end() ? nullptr : found->second;
}

}  // namespace bedside
