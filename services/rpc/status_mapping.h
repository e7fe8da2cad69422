// The one place where a status leaves the process: as a grpc::Status with google.rpc details. Every error carries an
// ErrorInfo with a stable reason in the domain "bedside"; a refusal for load (load_refusal.h) also says when to try
// again.
#ifndef BEDSIDE_SERVICES_RPC_STATUS_MAPPING_H_
#define BEDSIDE_SERVICES_RPC_STATUS_MAPPING_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

namespace bedside {

// Payloads of `status` whose type begins with type.googleapis.com/ become details.
grpc::Status ToGrpcStatus(const absl::Status& status);

// The same as a message, for the result of an operation.
google::rpc::Status ToRpcStatus(const absl::Status& status);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_STATUS_MAPPING_H_
