// The keys of an issuer: a JSON Web Key Set (RFC 7517, section 5) in a file that the issuer, or whoever fetches it, may
// replace at any time.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_ACCESS_KEY_SET_H_
#define BEDSIDE_SERVICES_ACCESS_KEY_SET_H_

#include <map>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/access/public_key.h"

namespace bedside {

// By "kid".
using PublicKeys = std::map<std::string, std::shared_ptr<const PublicKey>, std::less<>>;

// INVALID_ARGUMENT: no key set, more than 100 keys, none that can be used, one of them bad, or without a kid, or two
// with the same. Keys for other uses are left out. Messages hold no key.
absl::StatusOr<PublicKeys> ParseKeySet(absl::string_view json);

class KeySetFile {
 public:
  // For a token with an unknown kid the file is looked at so often at most.
  static constexpr absl::Duration kLeastInterval = absl::Seconds(1);

  // Reads the file once. Errors of ReadBoundedFile and ParseKeySet.
  static absl::StatusOr<std::unique_ptr<KeySetFile>> Open(const std::string& path, absl::Time now);

  // Reads the file again and takes its keys. Where it fails, the old ones stay: errors as Open.
  absl::Status Look(absl::Time now);

  // Null: there is none of this name, also after a look at the file, if the last one is long enough ago.
  std::shared_ptr<const PublicKey> Find(absl::string_view kid, absl::Time now);

 private:
  explicit KeySetFile(std::string path) : path_(std::move(path)) {}
  std::shared_ptr<const PublicKey> FindKnown(absl::string_view kid) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status LookLocked(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::string path_;
  absl::Mutex mutex_;
  std::string text_ ABSL_GUARDED_BY(mutex_);
  PublicKeys keys_ ABSL_GUARDED_BY(mutex_);
  absl::Time last_look_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_KEY_SET_H_
