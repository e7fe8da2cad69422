// PubMedQA (Jin et al., "PubMedQA: a dataset for biomedical research question answering", 2019): each question is the
// title of the abstract that answers it.
#ifndef BEDSIDE_TOOLS_EVAL_PUBMEDQA_DATASET_H_
#define BEDSIDE_TOOLS_EVAL_PUBMEDQA_DATASET_H_

#include <string>

#include "absl/status/statusor.h"
#include "tools/eval/evaluation_dataset.h"

namespace bedside {

// Whether a file at `path`, or below it, is PubMedQA JSON.
bool IsPubmedqaDataset(const std::string& path);

// The question of a record is relevant to its abstract alone. The corpus is written to `folder` as
// pubmedqa/corpus.json: the records without their questions, so without titles; with them each question would be a
// look-up of itself. Questions have the PMID as id and no type (yes, no and maybe are answers). INVALID_ARGUMENT: a
// file is not JSON, or no record has a question and an abstract. INTERNAL: the corpus cannot be written.
absl::StatusOr<EvaluationDataset> ReadPubmedqaDataset(const std::string& path, const std::string& folder);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_PUBMEDQA_DATASET_H_
