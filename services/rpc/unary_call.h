// How every unary method runs: the gRPC thread admits the call, a worker parses, runs and replies. The reply leaves
// when the audit log has the call; one that the log cannot take is refused.
//
// Requests arrive as bytes and are parsed here: gRPC would answer UNIMPLEMENTED to a request that does not parse (a
// string that is not UTF-8, for example), which should be INVALID_ARGUMENT.
#ifndef BEDSIDE_SERVICES_RPC_UNARY_CALL_H_
#define BEDSIDE_SERVICES_RPC_UNARY_CALL_H_

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "index/status/status_macros.h"
#include "services/rpc/call_context.h"
#include "services/rpc/call_notes.h"
#include "services/rpc/call_priority.h"
#include "services/rpc/call_record.h"
#include "services/rpc/granted_corpora.h"
#include "services/rpc/load_refusal.h"
#include "services/rpc/request_queue.h"
#include "services/rpc/status_mapping.h"
#include "services/rpc/unparsable_request.h"

namespace bedside {

// INVALID_ARGUMENT: the bytes are not a `Request`, or none came, as of a call that is reset at once.
template <typename Request>
absl::StatusOr<Request> ParseRequest(const grpc::ByteBuffer& bytes) {
  if (!bytes.Valid()) return absl::InvalidArgumentError("the call ended before its request came");
  grpc::ByteBuffer copy(bytes);
  Request request;
  if (grpc::SerializationTraits<Request>::Deserialize(&copy, &request).ok()) return request;
  grpc::Slice whole;
  if (!bytes.DumpToSingleSlice(&whole).ok()) return absl::InternalError("the bytes of the request cannot be read");
  return UnparsableRequest(*Request::descriptor(),
                           std::string(reinterpret_cast<const char*>(whole.begin()), whole.size()));
}

// The same, noted, of a caller who may know of what the request names. NOT_FOUND: see CheckGranted.
template <typename Request>
absl::StatusOr<Request> ReadRequest(const grpc::ByteBuffer& bytes, const CallContext& call) {
  ASSIGN_OR_RETURN(Request request, ParseRequest<Request>(bytes));
  call.record->NoteRequest(request);
  if (const absl::Status granted = CheckGranted(request, call.principal); !granted.ok()) {
    call.record->call().set_denied(true);
    return granted;
  }
  return request;
}

// Ends a call with its response, or its error, once that is recorded; to be called once.
template <typename Response>
class UnaryReply {
 public:
  UnaryReply(grpc::ServerUnaryReactor* reactor, grpc::ByteBuffer* bytes, std::shared_ptr<CallRecord> record)
      : reactor_(reactor), bytes_(bytes), record_(std::move(record)) {}

  void operator()(const absl::StatusOr<Response>& response) const {
    if (!response.ok()) return End(response.status());
    bool own_buffer;
    if (!grpc::SerializationTraits<Response>::Serialize(*response, bytes_, &own_buffer).ok()) {
      return End(absl::InternalError("the response cannot be made bytes of"));
    }
    NoteResponse(*response, &record_->call());
    End(absl::OkStatus());
  }

 private:
  void End(const absl::Status& status) const {
    record_->End(status, [reactor = reactor_, status](const absl::Status& recorded) {
      reactor->Finish(ToGrpcStatus(recorded.ok() ? status : recorded));
    });
  }

  grpc::ServerUnaryReactor* reactor_;
  grpc::ByteBuffer* bytes_;
  std::shared_ptr<CallRecord> record_;
};

// Runs `handle` on a worker; the call ends when its reply is called, which may be later and on any thread. `handle`:
// void(const Request&, const CallContext&, const UnaryReply<Response>&).
template <typename Request, typename Response, typename Handle>
grpc::ServerUnaryReactor* RunUnaryWithReply(RequestQueue* queue, grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* bytes, grpc::ByteBuffer* response, Handle handle) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  static const std::string& method = *new std::string(MethodOf(*Request::descriptor(), /*streams=*/false));
  const auto record = std::make_shared<CallRecord>(queue->keepers().recorder, *context, method);
  if (const absl::Status writable = record->CheckWritable(); !writable.ok()) {
    reactor->Finish(ToGrpcStatus(writable));
    return reactor;
  }
  const UnaryReply<Response> reply(reactor, response, record);
  const absl::StatusOr<CallContext> call = ContextOf(queue->keepers().door, context, record.get());
  if (!call.ok()) {
    reply(call.status());
    return reactor;
  }
  static const CallPriority priority = PriorityOf(method);
  const auto refusal = queue->Submit(priority, call->until, [call = *call, bytes, record, reply, handle] {
    if (const absl::Status wanted = call.until.Check("to begin"); !wanted.ok()) return reply(wanted);
    const absl::StatusOr<Request> request = ReadRequest<Request>(*bytes, call);
    if (!request.ok()) return reply(request.status());
    handle(*request, call, reply);
  });
  if (refusal.has_value()) reply(RefuseForLoad(*refusal, context));
  return reactor;
}

// Runs `handle` on a worker and replies with what it returns. `handle`: absl::StatusOr<Response>(const Request&, const
// CallContext&).
template <typename Request, typename Response, typename Handle>
grpc::ServerUnaryReactor* RunUnary(RequestQueue* queue, grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer* bytes, grpc::ByteBuffer* response, Handle handle) {
  return RunUnaryWithReply<Request, Response>(
      queue, context, bytes, response,
      [handle](const Request& request, const CallContext& call, const UnaryReply<Response>& reply) {
        reply(handle(request, call));
      });
}

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_UNARY_CALL_H_
