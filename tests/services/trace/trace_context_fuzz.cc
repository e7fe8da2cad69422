#include <glog/logging.h>

#include "services/trace/trace_context.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view header = bedside::TextOf(data, size);
  const auto trace = bedside::ParseTraceparent(header);
  if (!trace.has_value()) return 0;
  CHECK_EQ(trace->trace_id.size(), 32U);
  CHECK_EQ(trace->span_id.size(), 16U);
  CHECK_EQ(bedside::TraceOfCall(header).trace_id, trace->trace_id);
  return 0;
}
