// How grave a line of the log is.
#ifndef BEDSIDE_SERVICES_METRICS_LOG_SEVERITY_H_
#define BEDSIDE_SERVICES_METRICS_LOG_SEVERITY_H_

namespace bedside {

enum class LogSeverity { kInfo, kWarning, kError };

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_METRICS_LOG_SEVERITY_H_
