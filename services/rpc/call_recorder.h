// Hands calls to the audit log, and says whether a call may be answered that cannot be recorded.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_RPC_CALL_RECORDER_H_
#define BEDSIDE_SERVICES_RPC_CALL_RECORDER_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "proto/bedside/storage/audit_record.pb.h"
#include "services/audit/audit_log.h"

namespace bedside {

// A call that was turned away before it came to its method.
struct TurnedAwayCall {
  // As the caller named it, with a dot or a slash before the method.
  std::string method;
  // Empty where it is not known.
  std::string subject;
  // As grpc::ServerContextBase::peer gives it; may be empty.
  std::string peer;
  absl::StatusCode code;
};

class CallRecorder {
 public:
  using Done = std::function<void(const absl::Status&)>;

  // `log` must outlive the recorder. `answers_unrecorded`: see config::AuditConfig.
  CallRecorder(AuditLog* log, bool answers_unrecorded) : log_(log), answers_unrecorded_(answers_unrecorded) {}

  // UNAVAILABLE, with the reason AUDIT_UNAVAILABLE: the log cannot be written, and a call that comes now is to be
  // refused at once; it was counted.
  absl::Status CheckWritable() const;

  // Whether calls that come now are answered.
  bool is_ready() const { return answers_unrecorded_ || log_->status().ok(); }

  // `done` is called once, as AuditLog::Done is: with OK where the call may be answered, or with
  // what CheckWritable says. REQUIRES: see AuditLog::Append.
  void Record(storage::AuditedCall call, Done done) const;

  // The same of a call that is refused whatever becomes of its record. Does not wait.
  void RecordTurnedAway(const TurnedAwayCall& call) const;

  std::string HashOfText(absl::string_view text) const { return log_->HashOfText(text); }

 private:
  AuditLog* log_;
  const bool answers_unrecorded_;
};

// "ipv4:10.1.2.3:4711" without what tells how and from which port: "10.1.2.3".
std::string AddressOfPeer(absl::string_view peer);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_CALL_RECORDER_H_
