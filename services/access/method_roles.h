// Which roles may call which method: one table, by which everything is refused that it does not admit.
#ifndef BEDSIDE_SERVICES_ACCESS_METHOD_ROLES_H_
#define BEDSIDE_SERVICES_ACCESS_METHOD_ROLES_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/repeated_field.h"
#include "proto/bedside/config/access_config.pb.h"

namespace bedside {

// Who is known, whatever their roles; and who is not known, either.
constexpr char kAuthenticated[] = "authenticated";
constexpr char kAnyone[] = "anyone";
// Of the built-in table. An admin may do what a reader may.
constexpr char kReader[] = "reader";
constexpr char kAdmin[] = "admin";
// Of record systems that call by CDS Hooks with tokens of their own.
constexpr char kHookClient[] = "hook-client";

struct MethodRule {
  // "bedside.v1.EvidenceService/Search".
  absl::string_view method;
  std::vector<std::string> roles;
};

// Of every method that the server answers. A test fails when a method has no entry.
absl::Span<const MethodRule> BuiltInRules();

// Immutable, thread-safe.
class MethodRoles {
 public:
  // The built-in rules, but for the methods that have an entry in `rules`; an entry for one method goes before one for
  // its service. INVALID_ARGUMENT: an entry for a method that there is not, or two for the same.
  static absl::StatusOr<MethodRoles> Create(const google::protobuf::RepeatedPtrField<config::MethodRoles>& rules);

  // Whether anyone may call the method, known or not.
  bool AdmitsAnyone(absl::string_view method) const;
  // Whether somebody who is known and has `roles` may.
  bool Admits(absl::string_view method, const absl::flat_hash_set<std::string>& roles) const;

 private:
  absl::Status Replace(const std::string& method, const std::vector<std::string>& roles);
  const std::vector<std::string>& RolesOf(absl::string_view method) const;

  absl::flat_hash_map<std::string, std::vector<std::string>> roles_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_METHOD_ROLES_H_
