// Is told of the calls that were turned away at the door, so that they leave a trace.
#ifndef BEDSIDE_SERVICES_ACCESS_ACCESS_OBSERVER_H_
#define BEDSIDE_SERVICES_ACCESS_ACCESS_OBSERVER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace bedside {

struct DeniedCall {
  // As the caller named it, which may be none that there is: "bedside.v1.EvidenceService/Search"; 256 bytes at most.
  std::string method;
  // Empty where the caller is not known.
  std::string subject;
  // UNAUTHENTICATED or PERMISSION_DENIED.
  absl::StatusCode code;
  // In fixed words; holds nothing of the call.
  std::string reason;
};

class AccessObserver {
 public:
  virtual ~AccessObserver() = default;

  // Called before the caller gets the refusal, on a thread of gRPC that must not be kept. Thread-safe.
  virtual void OnDenied(const DeniedCall& call) = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_ACCESS_OBSERVER_H_
