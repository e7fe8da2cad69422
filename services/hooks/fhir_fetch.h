// Asks the FHIR server of a client for what a call did not bring, with the token that came with the call: only servers
// that the configuration names, and nobody that they refer to.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_HOOKS_FHIR_FETCH_H_
#define BEDSIDE_SERVICES_HOOKS_FHIR_FETCH_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_field.h"
#include "proto/bedside/config/hooks_config.pb.h"
#include "services/hooks/hook_call.h"
#include "services/hooks/prefetch_template.h"

namespace bedside {

class FhirFetch {
 public:
  // INVALID_ARGUMENT: a base_url is none that IsSafeBaseUrl takes, or a ca_file too large. NOT_FOUND: one cannot be
  // read.
  static absl::StatusOr<FhirFetch> Create(const google::protobuf::RepeatedPtrField<config::FhirServerConfig>& servers);

  // Fetches `keys` of `templates` at once, until `deadline`, and adds to the prefetch of `call` what could be had: of
  // each a resource or all pages of a search, 16 and 4 MiB at most, that are of this patient. Of a call that names no
  // server that is known, nothing. Returns whether there was something; tells nobody why something could not be had but
  // by what is still missing.
  bool Add(const std::set<std::string>& keys, const PrefetchTemplates& templates, absl::Time deadline,
           HookCall* call) const;

 private:
  struct Server {
    // Without "/" at its end.
    std::string base_url;
    std::string ca_file;
  };

  explicit FhirFetch(std::vector<Server> servers) : servers_(std::move(servers)) {}

  // Null where it is not known.
  const Server* Find(absl::string_view url) const;

  std::vector<Server> servers_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_FHIR_FETCH_H_
