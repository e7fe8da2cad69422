// The API over HTTP: each request becomes a call of the gRPC server of this process, with the credentials, the deadline
// and the trace of the client, so that what holds at that door holds at this one. docs/http.md is for those who call.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_GATEWAY_API_GATEWAY_H_
#define BEDSIDE_SERVICES_GATEWAY_API_GATEWAY_H_

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/gateway/http_exchange.h"
#include "services/gateway/relayed_call.h"
#include "services/gateway/route_table.h"
#include "services/gateway/tickets.h"
#include "services/rpc/call_keepers.h"

namespace bedside {

class ApiGateway {
 public:
  // `channel` leads into the server of this process, whose keepers these are.
  ApiGateway(std::shared_ptr<grpc::Channel> channel, CallKeepers keepers);

  ~ApiGateway() { Shutdown(); }

  // Asks the door; what comes through is called when its body is there, and answered with the response or an error.
  HeadVerdict Judge(const HttpRequest& head);

  // Begins no call any more, and returns when the last has ended and been answered. To be called while exchanges can be
  // answered still.
  void Shutdown() {
    open_.Close();
    open_.AwaitNone();
  }

 private:
  // What comes through the door and is no request all the same: it has no call to be recorded with.
  void NoteRefused(const RouteMatch& route, const HttpRequest& head, const absl::Status& status) const;
  // The call that a request asks for. UNAVAILABLE: the server ends.
  absl::StatusOr<RelayedCall> MakeCall(const RouteMatch& route, const std::shared_ptr<HttpExchange>& exchange);
  void Call(const RouteMatch& route, const std::shared_ptr<HttpExchange>& exchange);

  const RouteTable routes_;
  const CallKeepers keepers_;
  grpc::GenericStub stub_;
  // Of the calls under way.
  Tickets open_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_API_GATEWAY_H_
