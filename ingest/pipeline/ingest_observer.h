// What the caller of a run sees of it, and how it stops it.
#ifndef BEDSIDE_INGEST_PIPELINE_INGEST_OBSERVER_H_
#define BEDSIDE_INGEST_PIPELINE_INGEST_OBSERVER_H_

#include <functional>

#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

// Called from the thread of the run.
struct IngestObserver {
  // At least once a stage and at most a few times a second; empty: nobody looks.
  std::function<void(const v1::JobProgress&)> on_progress;
  // True stops the run with CANCELLED within a second or one batch of the model. Empty: it runs to its end.
  std::function<bool()> is_cancelled;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_INGEST_OBSERVER_H_
