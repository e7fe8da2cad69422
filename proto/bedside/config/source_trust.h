// Source sets: names by which what was imported is trusted, or withdrawn, as a whole.
#ifndef BEDSIDE_PROTO_BEDSIDE_CONFIG_SOURCE_TRUST_H_
#define BEDSIDE_PROTO_BEDSIDE_CONFIG_SOURCE_TRUST_H_

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

// The set of what was imported without the name of one. Stored as an empty name, as earlier versions did.
constexpr absl::string_view kDefaultSourceSet = "default";

// Between the name of a set and what a document stores of it.
inline absl::string_view NameOfSourceSet(absl::string_view stored) {
  return stored.empty() ? kDefaultSourceSet : stored;
}
inline absl::string_view StoredSourceSet(absl::string_view name) {
  return name == kDefaultSourceSet ? absl::string_view() : name;
}

// Which sets the operator vouches for. Immutable, thread-safe.
class SourceTrust {
 public:
  // That of a configuration that lists none: "default" is trusted, nothing else is.
  SourceTrust() : SourceTrust(config::IndexConfig()) {}

  // See IndexConfig.trusted_source_sets.
  explicit SourceTrust(const config::IndexConfig& config)
      : trusted_(config.trusted_source_sets().begin(), config.trusted_source_sets().end()) {
    if (trusted_.empty()) trusted_.insert(std::string(kDefaultSourceSet));
  }

  // `set`: a name.
  bool Trusts(absl::string_view set) const { return trusted_.contains(set); }

 private:
  absl::flat_hash_set<std::string> trusted_;
};

}  // namespace bedside

#endif  // BEDSIDE_PROTO_BEDSIDE_CONFIG_SOURCE_TRUST_H_
