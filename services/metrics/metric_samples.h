// Metric families made by hand, for values that are read rather than counted.
#ifndef BEDSIDE_SERVICES_METRICS_METRIC_SAMPLES_H_
#define BEDSIDE_SERVICES_METRICS_METRIC_SAMPLES_H_

#include <prometheus/metric_family.h>

#include <string>
#include <utility>
#include <vector>

namespace bedside {

using MetricLabels = std::vector<prometheus::ClientMetric::Label>;

// A family of gauges without samples.
inline prometheus::MetricFamily GaugeFamily(const std::string& name, const std::string& help) {
  return {name, help, prometheus::MetricType::Gauge, {}};
}

inline void AddSample(double value, MetricLabels labels, prometheus::MetricFamily* family) {
  prometheus::ClientMetric metric;
  metric.label = std::move(labels);
  metric.gauge.value = value;
  metric.counter.value = value;
  family->metric.push_back(std::move(metric));
}

// One sample without labels.
inline prometheus::MetricFamily OneGauge(const std::string& name, const std::string& help, double value) {
  prometheus::MetricFamily family = GaugeFamily(name, help);
  AddSample(value, {}, &family);
  return family;
}

// The same of a counter.
inline prometheus::MetricFamily OneCounter(const std::string& name, const std::string& help, double value) {
  prometheus::MetricFamily family = OneGauge(name, help, value);
  family.type = prometheus::MetricType::Counter;
  return family;
}

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_METRICS_METRIC_SAMPLES_H_
