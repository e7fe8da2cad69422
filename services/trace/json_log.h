// The log as one JSON object a line, for machines that collect it.
#ifndef BEDSIDE_SERVICES_TRACE_JSON_LOG_H_
#define BEDSIDE_SERVICES_TRACE_JSON_LOG_H_

#include <glog/logging.h>

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/trace/trace_context.h"

namespace bedside {

struct LogEntry {
  absl::Time time;
  // "INFO", "WARNING", "ERROR" or "FATAL".
  absl::string_view severity;
  // Name of the file, without folder, and line.
  absl::string_view file;
  int line = 0;
  absl::string_view message;
  // Null: of no call.
  const TraceContext* trace = nullptr;
};

// {"time": RFC 3339 in UTC, "severity": ..., "message": ..., "source": "file.cc:12", "trace_id": ..., "span_id": ...}
// and a line end; the last two only where there is a trace. What is not UTF-8 is replaced.
std::string JsonLogLine(const LogEntry& entry);

// While it lives, glog writes such lines, and nothing else, to standard error. One in a process, made before other
// threads start; each line names the trace of the thread that logs.
class JsonLog : public google::LogSink {
 public:
  // `program` as glog names it.
  explicit JsonLog(const char* program);
  ~JsonLog() override;

  void send(google::LogSeverity severity, const char* full_name, const char* base_name, int line,
            const google::LogMessageTime& time, const char* message, size_t size) override;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_TRACE_JSON_LOG_H_
