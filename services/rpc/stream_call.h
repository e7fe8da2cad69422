// How every method with a stream of responses runs: as unary_call.h has it.
#ifndef BEDSIDE_SERVICES_RPC_STREAM_CALL_H_
#define BEDSIDE_SERVICES_RPC_STREAM_CALL_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "services/rpc/request_queue.h"
#include "services/rpc/response_stream.h"
#include "services/rpc/unary_call.h"

namespace bedside {

// Runs `handle` on a worker, and closes the stream with what it returns: absl::Status(const Request&, const
// CallContext&, ResponseStream*).
template <typename Request, typename Handle>
grpc::ServerWriteReactor<grpc::ByteBuffer>* RunStream(RequestQueue* queue, grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* request, Handle handle) {
  static const std::string& method = *new std::string(MethodOf(*Request::descriptor(), /*streams=*/true));
  const auto record = std::make_shared<CallRecord>(queue->keepers().recorder, *context, method);
  auto* stream = new ResponseStream(record);
  if (const absl::Status writable = record->CheckWritable(); !writable.ok()) {
    stream->CloseUnrecorded(writable);
    return stream;
  }
  const absl::StatusOr<CallContext> call = ContextOf(queue->keepers().door, context, record.get());
  if (!call.ok()) {
    stream->Close(call.status());
    return stream;
  }
  // The request lives until the call has been answered; a copy of the buffer shares its bytes.
  static const CallPriority priority = PriorityOf(method);
  const auto run = [call = *call, stream, record, handle, bytes = *request] {
    if (const absl::Status wanted = call.until.Check("to begin"); !wanted.ok()) return stream->Close(wanted);
    const absl::StatusOr<Request> parsed = ReadRequest<Request>(bytes, call);
    if (!parsed.ok()) return stream->Close(parsed.status());
    stream->Close(handle(*parsed, call, stream));
  };
  const auto refusal = queue->Submit(priority, call->until, run);
  if (refusal.has_value()) stream->Close(RefuseForLoad(*refusal, context));
  return stream;
}

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_STREAM_CALL_H_
