// Records the calls that were turned away at the door.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_RPC_DENIED_CALL_RECORDER_H_
#define BEDSIDE_SERVICES_RPC_DENIED_CALL_RECORDER_H_

#include "services/access/access_observer.h"
#include "services/rpc/call_recorder.h"

namespace bedside {

class DeniedCallRecorder : public AccessObserver {
 public:
  // `recorder` must outlive this object.
  explicit DeniedCallRecorder(const CallRecorder* recorder) : recorder_(recorder) {}

  void OnDenied(const DeniedCall& call) override {
    recorder_->RecordTurnedAway({call.method, call.subject, /*peer=*/"", call.code});
  }

 private:
  const CallRecorder* recorder_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_DENIED_CALL_RECORDER_H_
