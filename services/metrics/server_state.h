// What a server is, as opposed to what it has done: read when somebody asks for the metrics.
#ifndef BEDSIDE_SERVICES_METRICS_SERVER_STATE_H_
#define BEDSIDE_SERVICES_METRICS_SERVER_STATE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/optional.h"

namespace bedside {

struct QueueState {
  size_t waiting = 0;
  size_t limit = 0;
  // Of a question that came now.
  absl::Duration expected_wait;
  size_t busy_workers = 0;
  size_t workers = 0;
};

// A corpus with a generation.
struct CorpusState {
  std::string name;
  // Whether it can be searched; nothing below is known where it cannot, but for `earlier_generation_serves`.
  bool is_loaded = false;
  std::string generation;
  std::string embedder;
  size_t documents = 0;
  size_t documents_in_force = 0;
  size_t passages = 0;
  absl::Time generation_time;
  // InfinitePast(): none was recorded.
  absl::Time status_time = absl::InfinitePast();
  bool earlier_generation_serves = false;
};

// Of a server that follows a store.
struct LagState {
  absl::Duration lag;
  bool is_failing = false;
};

// The file system that the store lies on.
struct VolumeState {
  uint64_t free_bytes = 0;
  uint64_t bytes = 0;
};

struct ServerState {
  bool is_ready = false;
  QueueState queue;
  size_t running_jobs = 0;
  // Since the start.
  uint64_t answers_not_recorded = 0;
  std::vector<CorpusState> corpora;
  absl::optional<LagState> following;
  // Unset where it cannot be read.
  absl::optional<VolumeState> volume;
  // From which age on answers warn; zero: never.
  absl::Duration generation_age_limit;
  absl::Duration status_age_limit;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_METRICS_SERVER_STATE_H_
