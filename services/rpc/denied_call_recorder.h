// Notes the calls that were turned away at the door: in the audit log, where there is one, and for the operator why, in
// the log, at most once a second.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_RPC_DENIED_CALL_RECORDER_H_
#define BEDSIDE_SERVICES_RPC_DENIED_CALL_RECORDER_H_

#include <glog/logging.h>

#include "services/access/access_observer.h"
#include "services/rpc/call_recorder.h"

namespace bedside {

class DeniedCallRecorder : public AccessObserver {
 public:
  // `recorder` must outlive this object; null where calls are not recorded.
  explicit DeniedCallRecorder(const CallRecorder* recorder) : recorder_(recorder) {}

  void OnDenied(const DeniedCall& call) override {
    LOG_EVERY_T(WARNING, 1) << "a call was turned away: " << call.reason;
    if (recorder_ != nullptr) recorder_->RecordTurnedAway({call.method, call.subject, /*peer=*/"", call.code});
  }

 private:
  const CallRecorder* recorder_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_DENIED_CALL_RECORDER_H_
