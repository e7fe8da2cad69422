// What is recorded of one call, from its begin to its end. The one place where calls become records: RunUnary and
// RunStream make it, note request and response in it, and end the call only when it is in the audit log.
//
// Used by one thread at a time.
#ifndef BEDSIDE_SERVICES_RPC_CALL_RECORD_H_
#define BEDSIDE_SERVICES_RPC_CALL_RECORD_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "proto/bedside/storage/audit_record.pb.h"
#include "services/rpc/call_recorder.h"

namespace bedside {

// The full name of the method that takes `request`, with a stream of responses or with one. REQUIRES: there is one in
// the same file, as tests/integration/audit_test.cc sees to.
std::string MethodOf(const google::protobuf::Descriptor& request, bool streams);

class CallRecord {
 public:
  // `recorder` must outlive the record; null: nothing is recorded, and every call may be answered.
  // `method`: its full name, as MethodOf has it.
  CallRecord(const CallRecorder* recorder, const grpc::CallbackServerContext& context, const std::string& method);

  // See CallRecorder::CheckWritable. Where this is not OK the call ends without a record.
  absl::Status CheckWritable() const;

  // What the call is about: hashes of what the caller wrote, and the resource, which is kept where the call succeeds.
  void NoteRequest(const google::protobuf::Message& request);

  // For what a method knows. Nothing that the caller wrote.
  storage::AuditedCall& call() { return call_; }

  // A part of the response has left: what was noted stays, however the call ends.
  void NoteSent() { has_sent_ = true; }

  // To be called once. `done` as in CallRecorder::Record; where nothing is recorded, it is called before this returns.
  void End(const absl::Status& status, CallRecorder::Done done);

 private:
  const CallRecorder* recorder_;
  const absl::Time begin_;
  storage::AuditedCall call_;
  bool has_sent_ = false;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_CALL_RECORD_H_
