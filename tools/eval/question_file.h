// A site's own questions, for a corpus that is served already: JSON Lines, one question a line.
//
//   {"question": "...", "relevant": ["guideline-12", "corpora/default/documents/pmid-7/passages/0-310"], "type":
//   "dose"}
//
// "relevant" names documents: an id, the resource name of a document, or that of a passage, which stands for its
// document (passages change with the way in which documents are cut). "type" and "id" are optional.
#ifndef BEDSIDE_TOOLS_EVAL_QUESTION_FILE_H_
#define BEDSIDE_TOOLS_EVAL_QUESTION_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "tools/eval/evaluation_dataset.h"

namespace bedside {

// Whether `path` is a file whose first line has "question" and "relevant".
bool IsQuestionFile(const std::string& path);

// A question without "id" gets one made from a hash of its words, so that questions may be moved and added. One whose
// "relevant" is empty is counted as unjudged. INVALID_ARGUMENT: a line cannot be read (the message says which and does
// not repeat it), an id occurs twice, or no question is judged. NOT_FOUND: the file cannot be opened.
absl::StatusOr<EvaluationDataset> ReadQuestionFile(const std::string& path);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_QUESTION_FILE_H_
