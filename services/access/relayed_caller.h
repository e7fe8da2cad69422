// Who stands behind a call that the gateway of this process makes for a client of its own: said in the metadata of the
// call, beside a secret of this process, so that no other client can say it.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_ACCESS_RELAYED_CALLER_H_
#define BEDSIDE_SERVICES_ACCESS_RELAYED_CALLER_H_

#include <grpcpp/grpcpp.h>

#include <string>
#include <vector>

#include "absl/types/optional.h"

namespace bedside {

struct RelayedCaller {
  // Of the client: as grpc::ServerContextBase::peer gives it.
  std::string peer;
  // See CallCredentials.
  std::vector<std::string> certificate_names;
  std::string path;
};

// For the side that calls.
void AddRelayedCaller(const RelayedCaller& caller, grpc::ClientContext* context);

// Unset where the call came by itself.
absl::optional<RelayedCaller> RelayedCallerOf(const grpc::ServerContextBase& context);

// That of the client behind the call, whoever made it.
std::string PeerOf(const grpc::ServerContextBase& context);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_RELAYED_CALLER_H_
