#include "services/metrics/state_gauges.h"

#include "services/metrics/metric_samples.h"

namespace bedside {
namespace {

using prometheus::MetricFamily;

double UnixSeconds(absl::Time time) { return static_cast<double>(absl::ToUnixMillis(time)) / 1000; }

void AddQueue(const QueueState& queue, std::vector<MetricFamily>* families) {
  families->push_back(OneGauge("bedside_queue_waiting", "Requests that wait for a worker.", queue.waiting));
  families->push_back(OneGauge("bedside_queue_limit", "Requests that may wait; more are refused.", queue.limit));
  families->push_back(OneGauge("bedside_queue_expected_wait_seconds", "How long a question that came now would wait.",
                               absl::ToDoubleSeconds(queue.expected_wait)));
  families->push_back(OneGauge("bedside_workers_busy", "Workers that run a request.", queue.busy_workers));
  families->push_back(OneGauge("bedside_workers", "Threads that run requests.", queue.workers));
}

// One family with a sample for each corpus that `has` holds of.
template <typename Has, typename Value>
MetricFamily PerCorpus(const ServerState& state, const std::string& name, const std::string& help, Has has,
                       Value value) {
  MetricFamily family = GaugeFamily(name, help);
  for (const CorpusState& corpus : state.corpora) {
    if (has(corpus)) AddSample(static_cast<double>(value(corpus)), {{"corpus", corpus.name}}, &family);
  }
  return family;
}

MetricFamily GenerationInfo(const ServerState& state) {
  MetricFamily family = GaugeFamily("bedside_generation_info", "1, with the generation that serves and its embedder.");
  for (const CorpusState& corpus : state.corpora) {
    if (!corpus.is_loaded) continue;
    AddSample(1, {{"corpus", corpus.name}, {"generation", corpus.generation}, {"embedder", corpus.embedder}}, &family);
  }
  return family;
}

void AddCorpora(const ServerState& state, std::vector<MetricFamily>* families) {
  const auto any = [](const CorpusState&) { return true; };
  const auto loaded = [](const CorpusState& corpus) { return corpus.is_loaded; };
  const auto has_status = [](const CorpusState& corpus) {
    return corpus.is_loaded && corpus.status_time != absl::InfinitePast();
  };
  families->push_back(PerCorpus(state, "bedside_corpus_loaded", "Whether the corpus can be searched.", any,
                                [](const CorpusState& corpus) { return corpus.is_loaded; }));
  families->push_back(PerCorpus(state, "bedside_corpus_earlier_generation_serving",
                                "Whether an earlier generation serves, for the active one is damaged.", any,
                                [](const CorpusState& corpus) { return corpus.earlier_generation_serves; }));
  families->push_back(GenerationInfo(state));
  families->push_back(PerCorpus(state, "bedside_corpus_documents", "Documents of the generation that serves.", loaded,
                                [](const CorpusState& corpus) { return corpus.documents; }));
  families->push_back(PerCorpus(state, "bedside_corpus_documents_in_force",
                                "Documents that may be evidence without being asked for.", loaded,
                                [](const CorpusState& corpus) { return corpus.documents_in_force; }));
  families->push_back(PerCorpus(state, "bedside_corpus_passages", "Passages of the generation that serves.", loaded,
                                [](const CorpusState& corpus) { return corpus.passages; }));
  families->push_back(PerCorpus(state, "bedside_corpus_generation_timestamp_seconds",
                                "When the generation that serves was made.", loaded,
                                [](const CorpusState& corpus) { return UnixSeconds(corpus.generation_time); }));
  families->push_back(PerCorpus(state, "bedside_corpus_status_timestamp_seconds",
                                "When the last status of the corpus was recorded.", has_status,
                                [](const CorpusState& corpus) { return UnixSeconds(corpus.status_time); }));
}

MetricFamily AgeLimits(const ServerState& state) {
  MetricFamily family =
      GaugeFamily("bedside_corpus_age_limit_seconds", "Age from which on answers carry a warning; 0: never.");
  AddSample(absl::ToDoubleSeconds(state.generation_age_limit), {{"of", "generation"}}, &family);
  AddSample(absl::ToDoubleSeconds(state.status_age_limit), {{"of", "status"}}, &family);
  return family;
}

}  // namespace

std::vector<MetricFamily> StateGauges::Collect() const {
  const ServerState state = read_();
  std::vector<MetricFamily> families;
  families.push_back(OneGauge("bedside_ready", "Whether calls are answered, as the health says it.", state.is_ready));
  AddQueue(state.queue, &families);
  families.push_back(OneGauge("bedside_jobs_running", "Jobs that run now.", state.running_jobs));
  families.push_back(OneCounter("bedside_answers_not_recorded_total",
                                "Answers that are not recorded although they were to be.",
                                static_cast<double>(state.answers_not_recorded)));
  AddCorpora(state, &families);
  families.push_back(AgeLimits(state));
  if (state.following.has_value()) {
    families.push_back(OneGauge("bedside_follow_lag_seconds",
                                "Since it was last known that what serves is what the store or the cluster has.",
                                absl::ToDoubleSeconds(state.following->lag)));
    families.push_back(OneGauge("bedside_follow_failing",
                                "Whether the store or the cluster that is followed cannot be read.",
                                state.following->is_failing));
  }
  if (state.volume.has_value()) {
    families.push_back(OneGauge("bedside_store_volume_free_bytes", "Free space of the file system of the store.",
                                static_cast<double>(state.volume->free_bytes)));
    families.push_back(OneGauge("bedside_store_volume_bytes", "Size of the file system of the store.",
                                static_cast<double>(state.volume->bytes)));
  }
  return families;
}

}  // namespace bedside
