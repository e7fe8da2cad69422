// The questions of a dataset as others would ask them: misspelt, or with abbreviations swapped for long forms.
#ifndef BEDSIDE_TOOLS_EVAL_QUESTION_PERTURBATION_H_
#define BEDSIDE_TOOLS_EVAL_QUESTION_PERTURBATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/eval/evaluation_dataset.h"

namespace bedside {

enum class Perturbation {
  kNone,
  // "typo": WithTypingError.
  kTypingError,
  // "abbreviation": every abbreviation that the corpus defines becomes its long form.
  kAbbreviation,
  // "long-form": the other way round.
  kLongForm,
};

// INVALID_ARGUMENT: there is no perturbation of this name; the message lists those that are.
absl::StatusOr<Perturbation> ParsePerturbation(absl::string_view name);

struct PerturbedQuestions {
  // EvaluationRun.perturbation: "typo 1", with the seed where chance is in it.
  std::string name;
  // As many as the dataset's, in the same order and with the same ids and judgements.
  std::vector<JudgedQuestion> questions;
};

// INVALID_ARGUMENT: abbreviations are asked for, and the dataset has no corpus that could define them. Errors of
// ReadCorpusDocuments.
absl::StatusOr<PerturbedQuestions> Perturb(const EvaluationDataset& dataset, Perturbation perturbation, uint64_t seed);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_QUESTION_PERTURBATION_H_
