// Counts the lines that glog writes while it lives. Thread-safe.
#ifndef BEDSIDE_SERVICES_METRICS_LOG_LINE_COUNTER_H_
#define BEDSIDE_SERVICES_METRICS_LOG_LINE_COUNTER_H_

#include <glog/logging.h>

#include "services/metrics/server_metrics.h"

namespace bedside {

class LogLineCounter : public google::LogSink {
 public:
  // `metrics` must outlive the counter.
  explicit LogLineCounter(ServerMetrics* metrics) : metrics_(metrics) { google::AddLogSink(this); }
  ~LogLineCounter() override { google::RemoveLogSink(this); }

  void send(google::LogSeverity severity, const char* /*full_name*/, const char* /*base_name*/, int /*line*/,
            const google::LogMessageTime& /*time*/, const char* /*message*/, size_t /*size*/) override {
    metrics_->LineLogged(severity == google::GLOG_INFO      ? LogSeverity::kInfo
                         : severity == google::GLOG_WARNING ? LogSeverity::kWarning
                                                            : LogSeverity::kError);
  }

 private:
  ServerMetrics* metrics_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_METRICS_LOG_LINE_COUNTER_H_
