// Collects spans, and sends them to a collector of traces by OTLP over HTTP. Calls never wait for it: what is more than
// it holds is dropped.
//
// Thread-safe; Export by one thread.
#ifndef BEDSIDE_SERVICES_TRACE_SPAN_EXPORTER_H_
#define BEDSIDE_SERVICES_TRACE_SPAN_EXPORTER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "proto/bedside/config/server_config.pb.h"
#include "services/trace/trace_span.h"

namespace bedside {

class SpanExporter : public SpanSink {
 public:
  // Some seconds of a busy server.
  static constexpr size_t kMostHeld = 16'384;

  // INVALID_ARGUMENT: the URL is none of http or https, or sampled_share is out of range.
  static absl::StatusOr<std::unique_ptr<SpanExporter>> Create(const config::TraceConfig& config);

  // Whether a trace that begins here is sampled: the same for the same trace id, wherever that is asked.
  bool Samples(const TraceContext& trace) const;

  void Add(TraceSpan span) override;

  // Sends what is held, for at most this long; to be called again and again. UNAVAILABLE: the collector had no time;
  // what it did not take is held on, as far as there is room. FAILED_PRECONDITION: it refused some, which are dropped.
  // RESOURCE_EXHAUSTED: all was sent, and some were dropped before.
  absl::Status Export(absl::Duration most);

 private:
  explicit SpanExporter(config::TraceConfig config) : config_(std::move(config)) {}

  absl::Status Send(absl::Span<const TraceSpan> spans, absl::Time until) const;
  // What could not be sent goes before what came meanwhile.
  void HoldAgain(std::vector<TraceSpan> spans, uint64_t dropped);

  const config::TraceConfig config_;
  absl::Mutex mutex_;
  std::vector<TraceSpan> held_ ABSL_GUARDED_BY(mutex_);
  uint64_t dropped_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_TRACE_SPAN_EXPORTER_H_
