// Serves metrics over HTTP/1.1 at /metrics, in Prometheus' text format, on a port of its own. Whoever can reach the
// port can read them: they hold nothing of patients or questions, but the names of corpora and how much is asked.
//
// Connections are answered one after the other on one thread, and closed then; each has two seconds for its request and
// five to take the response, so that each one that stalls delays the next scrape by seven, and nothing else: who can
// reach the port can keep the metrics from being read. The server of
// prometheus-cpp is not used: docs/adr/0017 says why.
#ifndef BEDSIDE_SERVICES_METRICS_METRICS_ENDPOINT_H_
#define BEDSIDE_SERVICES_METRICS_METRICS_ENDPOINT_H_

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace prometheus {
class Collectable;
}

namespace bedside {

class MetricsEndpoint {
 public:
  using Sources = std::vector<std::shared_ptr<prometheus::Collectable>>;

  // Listens on `address`: an IPv4 address, or one of IPv6 in brackets, and a port; port 0 takes a free one.
  // INVALID_ARGUMENT: it is neither. UNAVAILABLE: it cannot be bound.
  static absl::StatusOr<std::unique_ptr<MetricsEndpoint>> Start(const std::string& address, Sources sources);

  // Returns when no scrape is under way.
  ~MetricsEndpoint();

  MetricsEndpoint(const MetricsEndpoint&) = delete;
  MetricsEndpoint& operator=(const MetricsEndpoint&) = delete;

  // With the port that was taken.
  const std::string& address() const { return address_; }

 private:
  MetricsEndpoint(int listener, int end, std::string address, Sources sources);

  void Serve();
  // To the head of a request, up to the blank line.
  std::string ResponseTo(absl::string_view head) const;
  std::string MetricsText() const;

  const int listener_;
  // Readable when the thread is to end.
  const int end_;
  const std::string address_;
  const Sources sources_;
  std::thread thread_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_METRICS_METRICS_ENDPOINT_H_
