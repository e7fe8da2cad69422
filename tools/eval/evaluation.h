// Measures a search over the questions of a dataset.
#ifndef BEDSIDE_TOOLS_EVAL_EVALUATION_H_
#define BEDSIDE_TOOLS_EVAL_EVALUATION_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "tools/eval/evaluation_dataset.h"
#include "tools/eval/evaluation_run.h"
#include "tools/eval/found_evidence.h"

namespace bedside {

// Finds evidence for the text of a question.
using SearchFunction = std::function<absl::StatusOr<FoundEvidence>(const std::string& question)>;

// One result a question, in their order. Asks one after the other; the first 20 are asked once before, unmeasured, so
// that what is measured is warm. Latency is of one search as its caller sees it. An error of `search` ends it; the
// message names the question by its id.
absl::StatusOr<std::vector<QuestionResult>> Evaluate(absl::Span<const JudgedQuestion> questions,
                                                     const SearchFunction& search);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_EVALUATION_H_
