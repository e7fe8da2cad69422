#include "services/trace/json_log.h"

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace bedside {
namespace {

// A line is whole where several threads log: one write each.
void WriteToStandardError(absl::string_view line) {
  while (!line.empty()) {
    const ssize_t written = write(STDERR_FILENO, line.data(), line.size());
    if (written <= 0) return;
    line.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace

std::string JsonLogLine(const LogEntry& entry) {
  nlohmann::ordered_json json;
  json["time"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", entry.time, absl::UTCTimeZone());
  json["severity"] = std::string(entry.severity);
  json["message"] = std::string(entry.message);
  json["source"] = absl::StrCat(entry.file, ":", entry.line);
  if (entry.trace != nullptr) {
    json["trace_id"] = entry.trace->trace_id;
    json["span_id"] = entry.trace->span_id;
  }
  return absl::StrCat(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace), "\n");
}

JsonLog::JsonLog(const char* program) {
  FLAGS_logtostderr = false;
  FLAGS_alsologtostderr = false;
  FLAGS_stderrthreshold = google::NUM_SEVERITIES;
  google::InitGoogleLogging(program);
  for (int severity = 0; severity < google::NUM_SEVERITIES; ++severity) google::SetLogDestination(severity, "");
  google::AddLogSink(this);
}

JsonLog::~JsonLog() {
  google::RemoveLogSink(this);
  google::ShutdownGoogleLogging();
}

void JsonLog::send(google::LogSeverity severity, const char* /*full_name*/, const char* base_name, int line,
                   const google::LogMessageTime& /*time*/, const char* message, size_t size) {
  WriteToStandardError(JsonLogLine({absl::Now(), google::GetLogSeverityName(severity), base_name, line,
                                    absl::string_view(message, size), CurrentTrace()}));
}

}  // namespace bedside
