#include "tools/eval/dataset_measurement.h"

#include <cstddef>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "index/status/status_macros.h"
#include "tools/eval/evaluation.h"
#include "tools/eval/search_client.h"

namespace bedside {
namespace {

// Documents judged relevant that are neither in `found` nor known to the server.
absl::StatusOr<size_t> CountMissing(const EvaluationDataset& dataset, const absl::flat_hash_set<std::string>& found,
                                    const SearchClient& client) {
  absl::flat_hash_set<std::string> wanted;
  for (const JudgedQuestion& question : dataset.questions) {
    for (const auto& [document, grade] : question.judgements) {
      if (grade > 0 && !found.contains(document)) wanted.insert(document);
    }
  }
  size_t missing = 0;
  for (const std::string& document : wanted) {
    ASSIGN_OR_RETURN(const bool is_there, client.HasDocument(document));
    if (!is_there) ++missing;
  }
  return missing;
}

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
  absl::flat_hash_set<std::string> found;
  const auto search = [&](const std::string& question) -> absl::StatusOr<FoundEvidence> {
    if (options.is_stopped()) return absl::CancelledError("a signal arrived");
    ASSIGN_OR_RETURN(FoundEvidence evidence, client.Search(question));
    for (const FoundPassage& passage : evidence.passages) found.insert(passage.document);
    return evidence;
  };
  ASSIGN_OR_RETURN(run.questions, Evaluate(perturbed.questions, search));
  ASSIGN_OR_RETURN(run.missing_documents, CountMissing(dataset, found, client));
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
