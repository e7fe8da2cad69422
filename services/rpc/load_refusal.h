// How a call is told that the server is busy: RESOURCE_EXHAUSTED with the ErrorInfo reason SERVER_BUSY and a RetryInfo,
// and the same time as the trailing metadata grpc-retry-pushback-ms, which the retry policies of gRPC's clients keep
// to.
#ifndef BEDSIDE_SERVICES_RPC_LOAD_REFUSAL_H_
#define BEDSIDE_SERVICES_RPC_LOAD_REFUSAL_H_

#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "services/rpc/admission.h"

namespace bedside {

// What ToGrpcStatus makes that of.
absl::Status RefusedForLoad(const Refusal& refusal);

// The same, with the metadata. REQUIRES: the call has not ended.
absl::Status RefuseForLoad(const Refusal& refusal, grpc::CallbackServerContext* context);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_LOAD_REFUSAL_H_
