// Which distributed trace the work of a thread belongs to, by W3C Trace Context (https://www.w3.org/TR/trace-context/,
// version 00): taken over from a call, named in the lines of the log, and passed on to generators.
//
// `tracestate` is neither taken over nor passed on: it is free text of the client, and would leave the process.
#ifndef BEDSIDE_SERVICES_TRACE_TRACE_CONTEXT_H_
#define BEDSIDE_SERVICES_TRACE_TRACE_CONTEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace bedside {

// The key of gRPC metadata, and, case aside, the header of HTTP.
inline constexpr char kTraceparent[] = "traceparent";

class SpanSink;

struct TraceContext {
  // 32 and 16 lower-case hexadecimal digits, neither all zero.
  std::string trace_id;
  // Of the work in this process.
  std::string span_id;
  bool sampled = false;
  // Span of the caller; empty: the trace begins here.
  std::string parent_id = "";
  // Where the spans of this trace go; null: nowhere. Outlives the trace.
  SpanSink* sink = nullptr;
};

// 16 random digits, not all zero: a span's id.
std::string NewSpanId();

// The trace of a call with this header, with a span of its own; a new trace where the header is not valid, or empty.
TraceContext TraceOfCall(absl::string_view traceparent);

// Trace and span of a valid header, whose span is the caller's; unset otherwise. Versions above 00 are read as 00.
absl::optional<TraceContext> ParseTraceparent(absl::string_view header);

// What is passed on: this span is the parent there.
std::string TraceparentOf(const TraceContext& trace);

// Makes `trace` that of the calling thread while it lives. Nested ones hide each other.
class ScopedTrace {
 public:
  // `trace` must outlive this; null: none.
  explicit ScopedTrace(const TraceContext* trace);
  ~ScopedTrace();

  ScopedTrace(const ScopedTrace&) = delete;
  ScopedTrace& operator=(const ScopedTrace&) = delete;

 private:
  const TraceContext* const before_;
};

// That of the calling thread; null where it works for no call.
const TraceContext* CurrentTrace();

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_TRACE_TRACE_CONTEXT_H_
