// Spans as the body of an OTLP request over HTTP, in JSON.
// Source: opentelemetry-proto 1.x, ExportTraceServiceRequest; names of attributes by the semantic conventions for RPC.
#ifndef BEDSIDE_SERVICES_TRACE_OTLP_JSON_H_
#define BEDSIDE_SERVICES_TRACE_OTLP_JSON_H_

#include <string>

#include "absl/types/span.h"
#include "services/trace/trace_span.h"

namespace bedside {

std::string OtlpJson(absl::Span<const TraceSpan> spans);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_TRACE_OTLP_JSON_H_
