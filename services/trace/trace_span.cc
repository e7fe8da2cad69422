#include "services/trace/trace_span.h"

#include "absl/time/clock.h"

namespace bedside {
namespace {

// Below the calling thread's; unset where that is not recorded.
absl::optional<TraceContext> ChildOfCurrent() {
  const TraceContext* current = CurrentTrace();
  if (current == nullptr || current->sink == nullptr) return absl::nullopt;
  TraceContext child = *current;
  child.parent_id = current->span_id;
  child.span_id = NewSpanId();
  return child;
}

void Add(const TraceContext& trace, absl::string_view name, absl::Time begin, absl::Time end) {
  trace.sink->Add({trace.trace_id, trace.span_id, trace.parent_id, std::string(name), begin, end});
}

}  // namespace

void AddSpan(absl::string_view name, absl::Time begin, absl::Time end) {
  const absl::optional<TraceContext> trace = ChildOfCurrent();
  if (trace.has_value()) Add(*trace, name, begin, end);
}

ScopedSpan::ScopedSpan(absl::string_view name) : name_(name), begin_(absl::Now()), trace_(ChildOfCurrent()) {
  if (trace_.has_value()) scoped_.emplace(&*trace_);
}

ScopedSpan::~ScopedSpan() {
  if (trace_.has_value()) Add(*trace_, name_, begin_, absl::Now());
}

}  // namespace bedside
