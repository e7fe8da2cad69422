#include "tools/eval/question_perturbation.h"

#include <functional>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "tools/eval/abbreviation_swap.h"
#include "tools/eval/dataset_files.h"
#include "tools/eval/typing_error.h"

namespace bedside {
namespace {

using Rewrite = std::function<std::string(const JudgedQuestion& question)>;

PerturbedQuestions Rewritten(const EvaluationDataset& dataset, std::string name, const Rewrite& rewrite) {
  PerturbedQuestions perturbed{std::move(name), dataset.questions};
  for (JudgedQuestion& question : perturbed.questions) question.text = rewrite(question);
  return perturbed;
}

absl::StatusOr<AbbreviationSwap> HarvestAbbreviations(const EvaluationDataset& dataset) {
  if (dataset.corpus_path.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(dataset.name, " has no corpus that could define abbreviations. ",
                                                   "Use --perturb=typo, or a dataset with a corpus."));
  }
  ASSIGN_OR_RETURN(const std::vector<CorpusDocument> documents, ReadCorpusDocuments(dataset.corpus_path));
  AbbreviationSwap swap;
  for (const CorpusDocument& document : documents) {
    swap.Read(document.title);
    swap.Read(document.text);
  }
  return swap;
}

}  // namespace

absl::StatusOr<Perturbation> ParsePerturbation(absl::string_view name) {
  if (name == "typo") return Perturbation::kTypingError;
  if (name == "abbreviation") return Perturbation::kAbbreviation;
  if (name == "long-form") return Perturbation::kLongForm;
  return absl::InvalidArgumentError("wanted typo, abbreviation or long-form");
}

absl::StatusOr<PerturbedQuestions> Perturb(const EvaluationDataset& dataset, Perturbation perturbation, uint64_t seed) {
  switch (perturbation) {
    case Perturbation::kNone:
      return PerturbedQuestions{"", dataset.questions};
    case Perturbation::kTypingError:
      return Rewritten(dataset, absl::StrCat("typo ", seed), [seed](const JudgedQuestion& question) {
        return WithTypingError(question.text, question.id, seed);
      });
    case Perturbation::kAbbreviation: {
      ASSIGN_OR_RETURN(const AbbreviationSwap swap, HarvestAbbreviations(dataset));
      return Rewritten(dataset, "abbreviation",
                       [&swap](const JudgedQuestion& question) { return swap.ToLongForms(question.text); });
    }
    case Perturbation::kLongForm:
      break;
  }
  ASSIGN_OR_RETURN(const AbbreviationSwap swap, HarvestAbbreviations(dataset));
  return Rewritten(dataset, "long-form",
                   [&swap](const JudgedQuestion& question) { return swap.ToAbbreviations(question.text); });
}

}  // namespace bedside
