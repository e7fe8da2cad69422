#include "services/rpc/response_stream.h"

#include <grpcpp/impl/codegen/proto_utils.h>

#include <utility>

#include "services/rpc/status_mapping.h"

namespace bedside {

namespace {

grpc::ByteBuffer BytesOf(const google::protobuf::Message& message) {
  grpc::ByteBuffer bytes;
  bool own_buffer;
  grpc::GenericSerialize<grpc::ProtoBufferWriter, google::protobuf::Message>(message, &bytes, &own_buffer);
  return bytes;
}

}  // namespace

void ResponseStream::Send(const google::protobuf::Message& message) { SendBytes(BytesOf(message)); }

void ResponseStream::SendLast(const google::protobuf::Message& message) { last_ = BytesOf(message); }

void ResponseStream::SendBytes(grpc::ByteBuffer bytes) {
  absl::MutexLock lock(&mutex_);
  waiting_.push_back(std::move(bytes));
  if (!writing_) Advance();
}

void ResponseStream::Close(const absl::Status& status) {
  record_->End(status, [this, status](const absl::Status& recorded) {
    if (recorded.ok() && last_.has_value()) SendBytes(*std::move(last_));
    CloseUnrecorded(recorded.ok() ? status : recorded);
  });
}

void ResponseStream::CloseUnrecorded(const absl::Status& status) {
  absl::optional<absl::Status> finish;
  {
    absl::MutexLock lock(&mutex_);
    end_ = status;
    if (!writing_) finish = end_;
  }
  // Outside the lock: the call may end, and the stream with it, before Finish returns.
  if (finish.has_value()) Finish(ToGrpcStatus(*finish));
}

void ResponseStream::OnWriteDone(bool ok) {
  absl::optional<absl::Status> finish;
  {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    waiting_.pop_front();
    // The client has gone: what waits will not be read.
    if (!ok) waiting_.clear();
    Advance();
    if (!writing_) finish = end_;
  }
  if (finish.has_value()) Finish(ToGrpcStatus(*finish));
}

void ResponseStream::Advance() {
  if (waiting_.empty()) return;
  writing_ = true;
  StartWrite(&waiting_.front());
}

}  // namespace bedside
