// What a server counts while it works, as Prometheus metrics. docs/metrics.md lists them, each with its labels.
//
// No label has a value from a request: methods, codes, stages, reasons and kinds are those that the protos name;
// whatever else comes is "other".
//
// Thread-safe. Cost: below a microsecond a count; an answer makes about twenty.
#ifndef BEDSIDE_SERVICES_METRICS_SERVER_METRICS_H_
#define BEDSIDE_SERVICES_METRICS_SERVER_METRICS_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "proto/bedside/v1/answer.pb.h"
#include "services/metrics/log_severity.h"

namespace prometheus {
class Collectable;
}

namespace bedside {

class ServerMetrics {
 public:
  ServerMetrics();
  ~ServerMetrics();

  ServerMetrics(const ServerMetrics&) = delete;
  ServerMetrics& operator=(const ServerMetrics&) = delete;

  // `method`: "/package.Service/Method", as gRPC names it; one that no linked proto has is counted as "other".
  void CallBegan();
  void CallEnded(absl::string_view method, absl::StatusCode code, absl::Duration took);

  void RequestWaited(absl::Duration waited);
  // One for load: `priority` and `reason` as docs/metrics.md has them.
  void RequestRefused(const char* priority, const char* reason);

  // Outcome, stages, fall-backs, faults and what was de-identified of one answer.
  void CountAnswer(const v1::Answer& answer);
  // One entry of v1::SearchResponse.degraded or v1::Basis.degraded.
  void CountDegraded(absl::string_view degraded);

  void JobEnded(absl::StatusCode code);
  void LineLogged(LogSeverity severity);

  std::shared_ptr<prometheus::Collectable> collectable() const;

 private:
  struct Families;
  std::shared_ptr<Families> families_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_METRICS_SERVER_METRICS_H_
