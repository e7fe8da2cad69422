#include "tools/eval/dataset_measurement.h"

#include <cstddef>
#include <utility>

#include "index/status/status_macros.h"
#include "tools/eval/evaluation.h"
#include "tools/eval/search_client.h"

namespace bedside {
namespace {

absl::StatusOr<EvaluationRun> MeasureQuestions(const EvaluationDataset& dataset, const PerturbedQuestions& perturbed,
                                               const SearchClient& client, const MeasurementOptions& options) {
  ASSIGN_OR_RETURN(const v1::Generation generation, client.ActiveGeneration());
  EvaluationRun run;
  run.dataset = dataset.name;
  run.format = dataset.format;
  run.perturbation = perturbed.name;
  run.generation = generation.name();
  run.model = generation.embedder();
  run.documents = generation.documents();
  run.passages = generation.passages();
  run.page_size = options.page_size;
  run.unjudged_questions = dataset.unjudged_questions;
  const auto search = [&](const std::string& question) -> absl::StatusOr<FoundEvidence> {
    if (options.is_stopped()) return absl::CancelledError("a signal arrived");
    return client.Search(question);
  };
  ASSIGN_OR_RETURN(run.questions, Evaluate(perturbed.questions, search));
  for (size_t i = 0; i < run.questions.size(); ++i) {
    run.questions[i].changed = perturbed.questions[i].text != dataset.questions[i].text;
  }
  return run;
}

}  // namespace

absl::StatusOr<std::vector<EvaluationRun>> MeasureDataset(const EvaluationDataset& dataset,
                                                          const MeasurementOptions& options) {
  const SearchClient client(options.address, options.page_size);
  std::vector<Perturbation> perturbations = {Perturbation::kNone};
  perturbations.insert(perturbations.end(), options.perturbations.begin(), options.perturbations.end());
  std::vector<EvaluationRun> runs;
  for (const Perturbation perturbation : perturbations) {
    ASSIGN_OR_RETURN(const PerturbedQuestions perturbed, Perturb(dataset, perturbation, options.seed));
    ASSIGN_OR_RETURN(EvaluationRun run, MeasureQuestions(dataset, perturbed, client, options));
    runs.push_back(std::move(run));
  }
  return runs;
}

}  // namespace bedside
