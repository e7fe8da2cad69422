#include "services/state_reader.h"

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "services/answer/age_warnings.h"

namespace bedside {
namespace {

CorpusState ReadCorpus(const EvidenceEngine& engine, const std::string& name) {
  CorpusState state;
  state.name = name;
  state.earlier_generation_serves = !engine.Fallback(name).empty();
  const absl::StatusOr<std::shared_ptr<const EvidenceView>> found = engine.View(name);
  state.is_loaded = found.ok();
  if (!found.ok()) return state;
  const EvidenceView& view = **found;
  const storage::Manifest& manifest = view.generation().manifest();
  state.generation = manifest.generation();
  state.embedder = view.embedder();
  state.documents = view.generation().documents().size();
  state.documents_in_force = view.documents_in_force();
  state.passages = view.passages();
  state.generation_time = absl::FromUnixMicros(manifest.create_time_micros());
  state.status_time = view.status_time();
  return state;
}

QueueState ReadQueue(const RequestQueue& queue) {
  const RequestQueue::Load load = queue.load();
  return {load.waiting, queue.limits().max_waiting, load.expected_wait, load.running, queue.limits().workers};
}

absl::Duration Days(bool is_set, uint32_t configured, int otherwise) {
  return absl::Hours(24) * (is_set ? static_cast<int64_t>(configured) : otherwise);
}

absl::optional<VolumeState> ReadVolume(const std::string& path) {
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(path, error);
  if (error) return absl::nullopt;
  return VolumeState{space.available, space.capacity};
}

}  // namespace

ServerState ReadServerState(const StateSources& sources, const config::ServerConfig& config) {
  ServerState state;
  for (const std::string& corpus : sources.engine->Corpora()) {
    state.corpora.push_back(ReadCorpus(*sources.engine, corpus));
  }
  state.is_ready = sources.is_ready();
  state.queue = ReadQueue(*sources.queue);
  if (sources.log != nullptr) state.answers_not_recorded = sources.log->not_recorded();
  state.running_jobs = sources.operations->Running();
  if (const absl::optional<FollowState> following = sources.engine->Following(); following.has_value()) {
    state.following = LagState{following->lag, !following->problem.ok()};
  }
  const config::AgeConfig& age = config.answer().age();
  const AgeLimits limits;
  state.generation_age_limit = Days(age.has_generation_days(), age.generation_days(), limits.generation_days);
  state.status_age_limit = Days(age.has_status_days(), age.status_days(), limits.status_days);
  state.volume = ReadVolume(config.index().store_path());
  return state;
}

}  // namespace bedside
