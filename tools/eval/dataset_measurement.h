// Measures one dataset at one server: as it is, and perturbed.
#ifndef BEDSIDE_TOOLS_EVAL_DATASET_MEASUREMENT_H_
#define BEDSIDE_TOOLS_EVAL_DATASET_MEASUREMENT_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/eval/evaluation_dataset.h"
#include "tools/eval/evaluation_run.h"
#include "tools/eval/question_perturbation.h"

namespace bedside {

struct MeasurementOptions {
  // host:port of a server that has the dataset's corpus.
  std::string address;
  int page_size = 100;
  std::vector<Perturbation> perturbations;
  uint64_t seed = 1;
  // Asked before each question; true ends the measurement.
  std::function<bool()> is_stopped = [] { return false; };
};

// The run of the questions as they are, then one for each perturbation. `settings` and `ingest_seconds` of the runs are
// for the caller to fill in. CANCELLED: is_stopped. Errors of Evaluate, of Perturb and of
// SearchClient::ActiveGeneration.
absl::StatusOr<std::vector<EvaluationRun>> MeasureDataset(const EvaluationDataset& dataset,
                                                          const MeasurementOptions& options);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_DATASET_MEASUREMENT_H_
