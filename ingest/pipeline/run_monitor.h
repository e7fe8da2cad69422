// What the observer of a run is told, and when: the stage and the counts, at each change of stage and a few times a
// second; and whether it wants the run to stop. Not thread-safe.
#ifndef BEDSIDE_INGEST_PIPELINE_RUN_MONITOR_H_
#define BEDSIDE_INGEST_PIPELINE_RUN_MONITOR_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "ingest/pipeline/ingest_observer.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

class RunMonitor {
 public:
  // `observer` must outlive the monitor. `clock` gives the time of now.
  RunMonitor(const std::string& corpus, const IngestObserver& observer, std::function<absl::Time()> clock = absl::Now);

  // Always told.
  void Enter(v1::JobStage stage);
  // Told when a while has passed since the last time.
  void DocumentRead();
  // `total`: see JobProgress.passages_total. Told as above.
  void PassagesDone(int64_t done, int64_t total);

  // CANCELLED when the observer says so.
  absl::Status CheckCancelled() const;

  int64_t documents_read() const { return progress_.documents_read(); }

 private:
  void Tell();
  void TellIfDue();

  const IngestObserver& observer_;
  std::function<absl::Time()> clock_;
  v1::JobProgress progress_;
  absl::Time last_told_ = absl::InfinitePast();
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_RUN_MONITOR_H_
