// A call of the gRPC server of this process in the name of a client over HTTP, whose exchange it answers when it ends.
// Where the client leaves before, the call is cancelled.
#ifndef BEDSIDE_SERVICES_GATEWAY_RELAYED_CALL_H_
#define BEDSIDE_SERVICES_GATEWAY_RELAYED_CALL_H_

#include <google/protobuf/descriptor.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <memory>

#include "services/gateway/http_exchange.h"

namespace bedside {

struct RelayedCall {
  // Held until all else of the call is gone, and so before it: members go in the reverse of their order.
  std::shared_ptr<void> ticket;
  std::shared_ptr<HttpExchange> exchange;
  const google::protobuf::MethodDescriptor* method;
  grpc::ByteBuffer request;
  // Has deadline and metadata.
  std::shared_ptr<grpc::ClientContext> context;
};

// Answers with the response as JSON, or the error.
void RelayUnary(grpc::GenericStub* stub, RelayedCall call);

// Answers with a stream of server-sent events (WHATWG HTML, section 9.2): one a response, with its JSON as data; at
// last, where the call fails after its first response, one of the type "error". A call that fails before is answered
// with the error alone. A response is asked for when the client has taken the one before.
void RelayStream(grpc::GenericStub* stub, RelayedCall call);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_RELAYED_CALL_H_
