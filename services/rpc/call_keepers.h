// Who stands beside the calls of a server, at both of its doors.
#ifndef BEDSIDE_SERVICES_RPC_CALL_KEEPERS_H_
#define BEDSIDE_SERVICES_RPC_CALL_KEEPERS_H_

#include "services/access/access_door.h"
#include "services/rpc/call_recorder.h"

namespace bedside {

// All must outlive the calls.
struct CallKeepers {
  // Knows who calls; null where access is not controlled.
  const AccessDoor* door = nullptr;
  // Null where no call is recorded.
  const CallRecorder* recorder = nullptr;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_CALL_KEEPERS_H_
