// Answers that experts wrote, each with the texts that it was written from: of BioASQ (ideal answers and the snippets
// that are judged relevant), of PubMedQA (long answers, which are the conclusions of abstracts, and the rest of these),
// and of guidelines, which have no answers, parts of them.
#ifndef BEDSIDE_TOOLS_EVAL_GROUNDING_ANSWERS_H_
#define BEDSIDE_TOOLS_EVAL_GROUNDING_ANSWERS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

struct GroundingAnswer {
  std::string id;
  // Empty: there is none.
  std::string answer;
  // At least one.
  std::vector<std::string> sources;
};

enum class AnswerHalf { kDevelopment, kReported };

// "development", "reported".
absl::string_view NameOf(AnswerHalf half);

// INVALID_ARGUMENT: `name` is no name of a half.
absl::StatusOr<AnswerHalf> ParseAnswerHalf(absl::string_view name);

// By a hash of the id, so the same in every run; what is tuned on the first is reported on the second.
AnswerHalf HalfOf(const std::string& id);

// In the order of the files. `path`: a folder with queries.jsonl, corpus.jsonl and qrels/test.tsv. NOT_FOUND,
// INVALID_ARGUMENT: a file is missing or is no such file.
absl::StatusOr<std::vector<GroundingAnswer>> ReadBioasqAnswers(const std::string& path);

// `path`: ori_pqal.json. Errors as above.
absl::StatusOr<std::vector<GroundingAnswer>> ReadPubmedqaAnswers(const std::string& path);

// Each document cut into parts of about 1,000 bytes at line ends. Errors of ReadCorpusDocuments.
absl::StatusOr<std::vector<GroundingAnswer>> ReadGuidelineParts(const std::string& path);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_GROUNDING_ANSWERS_H_
