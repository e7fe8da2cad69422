// What was done when, within a trace.
#ifndef BEDSIDE_SERVICES_TRACE_TRACE_SPAN_H_
#define BEDSIDE_SERVICES_TRACE_TRACE_SPAN_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "services/trace/trace_context.h"

namespace bedside {

// Names are fixed words and names of methods: nothing of a request.
struct TraceSpan {
  // As TraceContext has them.
  std::string trace_id;
  std::string span_id;
  // Empty: the trace begins with it.
  std::string parent_id;
  // "bedside.v1.EvidenceService/Search", "retrieve".
  std::string name;
  absl::Time begin;
  absl::Time end;
  // The status of a call; unset for a stage of one.
  absl::optional<int> grpc_code = absl::nullopt;
  bool is_fault = false;
};

// Implementations are thread-safe, and do not block.
class SpanSink {
 public:
  virtual ~SpanSink() = default;
  virtual void Add(TraceSpan span) = 0;
};

// A stage of the calling thread's trace, where that is recorded.
void AddSpan(absl::string_view name, absl::Time begin, absl::Time end);

// The same from here to the end of the scope; what is called meanwhile belongs to it.
class ScopedSpan {
 public:
  // `name` must outlive it.
  explicit ScopedSpan(absl::string_view name);
  ~ScopedSpan();

  ScopedSpan(const ScopedSpan&) = delete;
  ScopedSpan& operator=(const ScopedSpan&) = delete;

 private:
  const absl::string_view name_;
  const absl::Time begin_;
  // Its own; unset where nothing is recorded.
  const absl::optional<TraceContext> trace_;
  absl::optional<ScopedTrace> scoped_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_TRACE_TRACE_SPAN_H_
