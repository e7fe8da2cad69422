#include "services/metrics/server_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <map>
#include <string>
#include <vector>

#include "services/metrics/metric_labels.h"

namespace bedside {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;
using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Registry;

constexpr char kExtractive[] = "extractive";
constexpr char kLanguageModel[] = "language_model";
constexpr char kAbstention[] = "abstention";
constexpr char kRetrieval[] = "retrieval";
constexpr char kEmbedding[] = "embedding";
constexpr char kGeneration[] = "generation";
constexpr char kVerification[] = "verification";

// Seconds, from a refusal to the longest time that a generator may be given.
const Histogram::BucketBoundaries& Buckets() {
  static const auto* const buckets =
      new Histogram::BucketBoundaries{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};
  return *buckets;
}

double Seconds(const google::protobuf::Duration& duration) {
  return static_cast<double>(duration.seconds()) + duration.nanos() * 1e-9;
}

// So that each is there, as 0, before anything has happened.
void AddAll(const std::string& label, const std::vector<std::string>& values, Family<Counter>* family) {
  for (const std::string& value : values) family->Add({{label, value}});
}

// Of the codes that `is_wanted` holds of.
std::vector<std::string> CodeLabels(bool (*is_wanted)(absl::StatusCode)) {
  std::vector<std::string> labels;
  for (int number = 0; number <= static_cast<int>(absl::StatusCode::kUnauthenticated); ++number) {
    const auto code = static_cast<absl::StatusCode>(number);
    if (is_wanted(code)) labels.push_back(CodeLabel(code));
  }
  return labels;
}

bool IsAny(absl::StatusCode /*code*/) { return true; }

const char* SeverityLabel(LogSeverity severity) {
  switch (severity) {
    case LogSeverity::kInfo:
      return "info";
    case LogSeverity::kWarning:
      return "warning";
    case LogSeverity::kError:
      return "error";
  }
  return "error";
}

std::string OutcomeOf(const v1::Answer& answer) {
  if (answer.has_abstention()) return kAbstention;
  return answer.basis().method().writer() == v1::WRITER_LANGUAGE_MODEL ? kLanguageModel : kExtractive;
}

}  // namespace

struct ServerMetrics::Families {
  Registry registry;
  Family<Counter>& calls;
  Family<Histogram>& call_durations;
  Family<Counter>& server_faults;
  Gauge& calls_in_flight;
  Histogram& queue_wait;
  Family<Counter>& queue_refused;
  Family<Counter>& answers;
  Family<Histogram>& stages;
  Family<Counter>& abstentions;
  Family<Counter>& fallbacks;
  Family<Counter>& faults;
  Family<Counter>& identifiers;
  Family<Counter>& jobs;
  Family<Counter>& log_lines;

  Families()
      : calls(BuildCounter().Name("bedside_calls_total").Help("Calls that have ended.").Register(registry)),
        call_durations(BuildHistogram()
                           .Name("bedside_call_duration_seconds")
                           .Help("From the arrival of a call to when its status is ready to be sent.")
                           .Register(registry)),
        server_faults(BuildCounter()
                          .Name("bedside_server_faults_total")
                          .Help("Calls that ended by a fault of the server.")
                          .Register(registry)),
        calls_in_flight(BuildGauge()
                            .Name("bedside_calls_in_flight")
                            .Help("Calls that have not ended, streams that watch the health among them.")
                            .Register(registry)
                            .Add({})),
        queue_wait(BuildHistogram()
                       .Name("bedside_queue_wait_seconds")
                       .Help("How long admitted requests waited for a worker.")
                       .Register(registry)
                       .Add({}, Buckets())),
        queue_refused(BuildCounter()
                          .Name("bedside_queue_rejections_total")
                          .Help("Requests refused for load, before they waited.")
                          .Register(registry)),
        answers(BuildCounter()
                    .Name("bedside_answers_total")
                    .Help("Answers given, by who wrote them; abstentions are answers.")
                    .Register(registry)),
        stages(BuildHistogram()
                   .Name("bedside_stage_duration_seconds")
                   .Help("What each stage of an answer took.")
                   .Register(registry)),
        abstentions(BuildCounter()
                        .Name("bedside_abstentions_total")
                        .Help("Answers that abstained, by why.")
                        .Register(registry)),
        fallbacks(BuildCounter()
                      .Name("bedside_fallbacks_total")
                      .Help("Steps of answers and searches that did not run as configured.")
                      .Register(registry)),
        faults(BuildCounter()
                   .Name("bedside_generator_faults_total")
                   .Help("Answers that the configured language model did not write, by why.")
                   .Register(registry)),
        identifiers(BuildCounter()
                        .Name("bedside_deidentified_identifiers_total")
                        .Help("Identifiers replaced in prompts, by kind.")
                        .Register(registry)),
        jobs(BuildCounter().Name("bedside_jobs_total").Help("Jobs that have ended.").Register(registry)),
        log_lines(BuildCounter().Name("bedside_log_lines_total").Help("Lines written to the log.").Register(registry)) {
    AddAll("code", CodeLabels(&IsServerFault), &server_faults);
    for (const char* priority : {"question", "read", "change"}) {
      for (const char* reason : {"wait", "deadline", "full"}) Refused(priority, reason);
    }
    AddAll("outcome", {kExtractive, kLanguageModel, kAbstention}, &answers);
    for (const char* stage : {kEmbedding, kRetrieval, kGeneration, kVerification}) {
      stages.Add({{"stage", stage}}, Buckets());
    }
    AddAll("reason", EnumLabels(*v1::AbstentionReason_descriptor()), &abstentions);
    AddAll("kind", FallbackLabels(), &fallbacks);
    AddAll("fault", EnumLabels(*v1::GeneratorFault_descriptor()), &faults);
    AddAll("kind", EnumLabels(*v1::IdentifierKind_descriptor()), &identifiers);
    AddAll("code", CodeLabels(&IsAny), &jobs);
    AddAll("severity", {"info", "warning", "error"}, &log_lines);
  }

  Counter& Refused(const char* priority, const char* reason) {
    return queue_refused.Add({{"priority", priority}, {"reason", reason}});
  }

  void Stage(const char* stage, const google::protobuf::Duration& took) {
    stages.Add({{"stage", stage}}, Buckets()).Observe(Seconds(took));
  }
};

ServerMetrics::ServerMetrics() : families_(std::make_shared<Families>()) {}

ServerMetrics::~ServerMetrics() = default;

void ServerMetrics::CallBegan() { families_->calls_in_flight.Increment(); }

void ServerMetrics::CallEnded(absl::string_view method, absl::StatusCode code, absl::Duration took) {
  families_->calls_in_flight.Decrement();
  const std::string label = MethodLabel(method);
  families_->calls.Add({{"method", label}, {"code", CodeLabel(code)}}).Increment();
  if (IsServerFault(code)) families_->server_faults.Add({{"code", CodeLabel(code)}}).Increment();
  families_->call_durations.Add({{"method", label}}, Buckets()).Observe(absl::ToDoubleSeconds(took));
}

void ServerMetrics::RequestWaited(absl::Duration waited) {
  families_->queue_wait.Observe(absl::ToDoubleSeconds(waited));
}

void ServerMetrics::RequestRefused(const char* priority, const char* reason) {
  families_->Refused(priority, reason).Increment();
}

void ServerMetrics::CountAnswer(const v1::Answer& answer) {
  const v1::Basis& basis = answer.basis();
  families_->answers.Add({{"outcome", OutcomeOf(answer)}}).Increment();
  if (answer.has_abstention()) {
    const std::string reason = EnumLabel(*v1::AbstentionReason_descriptor(), answer.abstention().reason());
    families_->abstentions.Add({{"reason", reason}}).Increment();
  }
  if (basis.timings().has_embed()) families_->Stage(kEmbedding, basis.timings().embed());
  if (basis.timings().has_retrieve()) families_->Stage(kRetrieval, basis.timings().retrieve());
  if (basis.timings().has_generate()) families_->Stage(kGeneration, basis.timings().generate());
  if (basis.timings().has_verify()) families_->Stage(kVerification, basis.timings().verify());
  for (const std::string& degraded : basis.degraded()) CountDegraded(degraded);
  if (basis.generator_fault() != v1::GENERATOR_FAULT_UNSPECIFIED) {
    const std::string fault = EnumLabel(*v1::GeneratorFault_descriptor(), basis.generator_fault());
    families_->faults.Add({{"fault", fault}}).Increment();
  }
  for (const v1::IdentifierCount& found : basis.deidentification().identifiers()) {
    families_->identifiers.Add({{"kind", EnumLabel(*v1::IdentifierKind_descriptor(), found.kind())}})
        .Increment(found.count());
  }
}

void ServerMetrics::CountDegraded(absl::string_view degraded) {
  families_->fallbacks.Add({{"kind", FallbackLabel(degraded)}}).Increment();
}

void ServerMetrics::JobEnded(absl::StatusCode code) { families_->jobs.Add({{"code", CodeLabel(code)}}).Increment(); }

void ServerMetrics::LineLogged(LogSeverity severity) {
  families_->log_lines.Add({{"severity", SeverityLabel(severity)}}).Increment();
}

std::shared_ptr<prometheus::Collectable> ServerMetrics::collectable() const {
  return std::shared_ptr<prometheus::Collectable>(families_, &families_->registry);
}

}  // namespace bedside
