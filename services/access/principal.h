// Who calls, and what was granted to them.
#ifndef BEDSIDE_SERVICES_ACCESS_PRINCIPAL_H_
#define BEDSIDE_SERVICES_ACCESS_PRINCIPAL_H_

#include <string>

#include "absl/container/flat_hash_set.h"
#include "proto/bedside/config/access_labels.h"

namespace bedside {

// Grants every corpus, and holds every label.
constexpr char kAll[] = "*";

struct Principal {
  // As the issuer of the token or the certificate calls it; empty only where no access control is configured.
  std::string subject;
  absl::flat_hash_set<std::string> roles;
  // Ids of corpora, or kAll.
  absl::flat_hash_set<std::string> corpora;
  // Access labels held, or kAll.
  absl::flat_hash_set<std::string> labels;

  AccessLabels access_labels() const { return {labels.contains(kAll), labels}; }
  bool IsGranted(const std::string& corpus) const { return corpora.contains(kAll) || corpora.contains(corpus); }
};

// Whoever calls where no access control is configured: everything is granted.
inline Principal Anybody() { return {"", {}, {kAll}, {kAll}}; }

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_PRINCIPAL_H_
