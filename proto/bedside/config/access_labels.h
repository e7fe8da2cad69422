// Access labels: words by which the documents of a source set are kept to those who hold them.
#ifndef BEDSIDE_PROTO_BEDSIDE_CONFIG_ACCESS_LABELS_H_
#define BEDSIDE_PROTO_BEDSIDE_CONFIG_ACCESS_LABELS_H_

#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"

namespace bedside {

// What somebody holds.
struct AccessLabels {
  // Every label, whatever there is; then `held` does not count.
  bool all = true;
  absl::flat_hash_set<std::string> held;

  // Whether all of `wanted` are held.
  bool Hold(const std::vector<std::string>& wanted) const {
    return all || std::all_of(wanted.begin(), wanted.end(), [this](const auto& label) { return held.contains(label); });
  }
};

}  // namespace bedside

#endif  // BEDSIDE_PROTO_BEDSIDE_CONFIG_ACCESS_LABELS_H_
