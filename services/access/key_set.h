// The keys of an issuer: a JSON Web Key Set (RFC 7517, section 5) in a file, or served by the issuer, that may be
// another one at any time.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_ACCESS_KEY_SET_H_
#define BEDSIDE_SERVICES_ACCESS_KEY_SET_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

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

// Where a key set is read from.
struct KeySetSource {
  // For messages: a path or a URL.
  std::string name;
  // The text of the set, as JSON. Thread-safe.
  std::function<absl::StatusOr<std::string>()> read;
  // Whether reading takes the time of a network: it is then left to who looks regularly, and not done for each look.
  bool is_remote = false;
};

// A file of at most 256 KiB.
KeySetSource KeySetFile(const std::string& path);
// See FetchKeySet; as long as that.
KeySetSource KeySetUrl(const std::string& url, const std::string& ca_file);

class KeySet {
 public:
  // For a token with an unknown kid a file is looked at so often at most, and a remote source.
  static constexpr absl::Duration kLeastFileInterval = absl::Seconds(1);
  static constexpr absl::Duration kLeastRemoteInterval = absl::Seconds(10);
  // A remote source is looked at so often without a reason.
  static constexpr absl::Duration kRemoteInterval = absl::Minutes(10);

  // Reads the source once. Errors of the source and of ParseKeySet.
  static absl::StatusOr<std::unique_ptr<KeySet>> Open(KeySetSource source, absl::Time now);

  // To be called every second, by one thread. Reads the source again, a remote one where it is time or a token has
  // named an unknown key, and takes its keys. Where it fails, the old ones stay: errors as Open.
  absl::Status Look(absl::Time now);

  // Null: there is none of this name, also after a look at a file whose last one is long enough ago. For a remote
  // source the next Look is asked to read it.
  std::shared_ptr<const PublicKey> Find(absl::string_view kid, absl::Time now);

 private:
  explicit KeySet(KeySetSource source) : source_(std::move(source)) {}

  bool IsTimeToLook(absl::Time now) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::shared_ptr<const PublicKey> FindKnown(absl::string_view kid) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Reads and takes, whatever the time.
  absl::Status Read(absl::Time now);

  const KeySetSource source_;
  absl::Mutex mutex_;
  std::string text_ ABSL_GUARDED_BY(mutex_);
  PublicKeys keys_ ABSL_GUARDED_BY(mutex_);
  absl::Time last_look_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  // A token has named a key that is not known, since the last look at a remote source.
  bool wanted_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_KEY_SET_H_
