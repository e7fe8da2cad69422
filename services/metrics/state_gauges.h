// The state of a server and of its process as Prometheus metrics, read anew at every scrape.
#ifndef BEDSIDE_SERVICES_METRICS_STATE_GAUGES_H_
#define BEDSIDE_SERVICES_METRICS_STATE_GAUGES_H_

#include <prometheus/collectable.h>

#include <functional>
#include <utility>
#include <vector>

#include "services/metrics/server_state.h"

namespace bedside {

// Thread-safe where `read` is.
class StateGauges : public prometheus::Collectable {
 public:
  explicit StateGauges(std::function<ServerState()> read) : read_(std::move(read)) {}

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  std::function<ServerState()> read_;
};

// process_*, as Prometheus names them, from /proc/self; what cannot be read is left out. Thread-safe.
class ProcessGauges : public prometheus::Collectable {
 public:
  std::vector<prometheus::MetricFamily> Collect() const override;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_METRICS_STATE_GAUGES_H_
