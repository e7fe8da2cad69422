// Source sets: names by which what was imported is trusted, kept to some, or withdrawn, as a whole.
#ifndef BEDSIDE_PROTO_BEDSIDE_CONFIG_SOURCE_TRUST_H_
#define BEDSIDE_PROTO_BEDSIDE_CONFIG_SOURCE_TRUST_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
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

// Which sets the operator vouches for, and whom they are for. Immutable, thread-safe.
class SourceTrust {
 public:
  // That of a configuration that lists none: "default" is trusted, nothing else is.
  SourceTrust() : SourceTrust(config::IndexConfig()) {}

  // See IndexConfig.trusted_source_sets.
  explicit SourceTrust(const config::IndexConfig& config)
      : trusted_(config.trusted_source_sets().begin(), config.trusted_source_sets().end()) {
    if (trusted_.empty()) trusted_.insert(std::string(kDefaultSourceSet));
    for (const config::SourceSetLabels& entry : config.source_set_labels()) {
      labels_[entry.source_set()].assign(entry.labels().begin(), entry.labels().end());
    }
  }

  // `set`: a name.
  bool Trusts(absl::string_view set) const { return trusted_.contains(set); }

  // All of which somebody must hold to see the documents of the set; see IndexConfig.source_set_labels.
  std::vector<std::string> LabelsOf(absl::string_view set) const {
    const auto found = labels_.find(set);
    return found == labels_.end() ? std::vector<std::string>() : found->second;
  }

 private:
  absl::flat_hash_set<std::string> trusted_;
  absl::flat_hash_map<std::string, std::vector<std::string>> labels_;
};

}  // namespace bedside

#endif  // BEDSIDE_PROTO_BEDSIDE_CONFIG_SOURCE_TRUST_H_
