#include "services/trace/trace_context.h"

#include <sys/random.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

constexpr size_t kTraceDigits = 32;
constexpr size_t kSpanDigits = 16;
// "00-" trace "-" span "-" flags
constexpr size_t kTraceBegin = 3;
constexpr size_t kSpanBegin = kTraceBegin + kTraceDigits + 1;
constexpr size_t kFlagsBegin = kSpanBegin + kSpanDigits + 1;
constexpr size_t kLength = kFlagsBegin + 2;

thread_local const TraceContext* current = nullptr;

bool IsHex(absl::string_view text) { return text.find_first_not_of("0123456789abcdef") == absl::string_view::npos; }

bool IsId(absl::string_view text) { return IsHex(text) && text.find_first_not_of('0') != absl::string_view::npos; }

bool IsSampled(absl::string_view flags) {
  const char last = flags[1];
  return (last <= '9' ? last - '0' : last - 'a' + 10) % 2 == 1;
}

}  // namespace

std::string NewSpanId() {
  uint64_t id = 0;
  if (getrandom(&id, sizeof(id), 0) != sizeof(id)) id = 0;
  return absl::StrCat(absl::Hex(std::max<uint64_t>(id, 1), absl::kZeroPad16));
}

absl::optional<TraceContext> ParseTraceparent(absl::string_view header) {
  if (header.size() < kLength) return absl::nullopt;
  const absl::string_view version = header.substr(0, 2);
  const absl::string_view trace = header.substr(kTraceBegin, kTraceDigits);
  const absl::string_view span = header.substr(kSpanBegin, kSpanDigits);
  const absl::string_view flags = header.substr(kFlagsBegin, 2);
  const bool ends = header.size() == kLength || (version != "00" && header[kLength] == '-');
  const bool divided =
      header[kTraceBegin - 1] == '-' && header[kSpanBegin - 1] == '-' && header[kFlagsBegin - 1] == '-';
  if (!ends || !divided || !IsHex(version) || version == "ff" || !IsId(trace) || !IsId(span) || !IsHex(flags)) {
    return absl::nullopt;
  }
  return TraceContext{std::string(trace), std::string(span), IsSampled(flags)};
}

TraceContext TraceOfCall(absl::string_view traceparent) {
  absl::optional<TraceContext> trace = ParseTraceparent(traceparent);
  if (!trace.has_value()) return {NewSpanId() + NewSpanId(), NewSpanId()};
  trace->parent_id = std::exchange(trace->span_id, NewSpanId());
  return *std::move(trace);
}

std::string TraceparentOf(const TraceContext& trace) {
  return absl::StrCat("00-", trace.trace_id, "-", trace.span_id, trace.sampled ? "-01" : "-00");
}

ScopedTrace::ScopedTrace(const TraceContext* trace) : before_(current) { current = trace; }

ScopedTrace::~ScopedTrace() { current = before_; }

const TraceContext* CurrentTrace() { return current; }

}  // namespace bedside
