// A stream of responses that a worker fills while gRPC writes them out, one at a time. Owned by gRPC: it deletes itself
// when the call is over. At most as many responses wait as one answer has parts.
//
//   auto* stream = new ResponseStream(record);
//   ... on a worker: stream->Send(message); stream->SendLast(message); stream->Close(status);
//
// The end of the call, and what SendLast was given, wait until the audit log has the call; Send does not wait.
//
// Thread-safe. Close is called once, last, by whoever fills the stream; the stream lives until then at least.
#ifndef BEDSIDE_SERVICES_RPC_RESPONSE_STREAM_H_
#define BEDSIDE_SERVICES_RPC_RESPONSE_STREAM_H_

#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include <deque>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/optional.h"
#include "services/rpc/call_record.h"

namespace bedside {

class ResponseStream : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  explicit ResponseStream(std::shared_ptr<CallRecord> record) : record_(std::move(record)) {}

  void Send(const google::protobuf::Message& message);
  // Keeps the last response, which is what counts, until the call is recorded. At most once.
  void SendLast(const google::protobuf::Message& message);
  void Close(const absl::Status& status);
  // Instead of Close, where the call cannot be recorded.
  void CloseUnrecorded(const absl::Status& status);

  void OnWriteDone(bool ok) override;
  void OnDone() override { delete this; }

 private:
  void SendBytes(grpc::ByteBuffer bytes);
  // Starts the next write, if anything waits.
  void Advance() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::shared_ptr<CallRecord> record_;
  absl::optional<grpc::ByteBuffer> last_;
  absl::Mutex mutex_;
  std::deque<grpc::ByteBuffer> waiting_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  absl::optional<absl::Status> end_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_RESPONSE_STREAM_H_
