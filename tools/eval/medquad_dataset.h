// MedQuAD (Ben Abacha & Demner-Fushman, "A question-entailment approach to question answering", 2019): pages of
// questions, each with its answer.
#ifndef BEDSIDE_TOOLS_EVAL_MEDQUAD_DATASET_H_
#define BEDSIDE_TOOLS_EVAL_MEDQUAD_DATASET_H_

#include <string>

#include "absl/status/statusor.h"
#include "tools/eval/evaluation_dataset.h"

namespace bedside {

// Whether a file at `path`, below it or in it, is MedQuAD XML.
bool IsMedquadDataset(const std::string& path);

// The question is to find its answer, not only the page, so each answer becomes a document of its own, under the title
// of its page. The corpus is written to `folder` as medquad/N.xml, without the text and the type of the question: the
// page's heading of an answer is its question, and with it each question would be a look-up of itself.
//
// Questions with the same words are one question, which all their answers answer; so do answers with the same words as
// one of these. A question's type is its qtype, its id that of its first answer. INVALID_ARGUMENT: a file cannot be
// read, or no question has an answer. INTERNAL: the corpus cannot be written.
absl::StatusOr<EvaluationDataset> ReadMedquadDataset(const std::string& path, const std::string& folder);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_MEDQUAD_DATASET_H_
