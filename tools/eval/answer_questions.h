// Questions that can be answered from a corpus, and others that cannot.
#ifndef BEDSIDE_TOOLS_EVAL_ANSWER_QUESTIONS_H_
#define BEDSIDE_TOOLS_EVAL_ANSWER_QUESTIONS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/eval/evaluation_dataset.h"

namespace bedside {

struct AnswerQuestion {
  JudgedQuestion question;
  // What an expert answered; may be empty.
  std::string ideal_answer;
  // All of its relevant documents were taken out of the corpus.
  bool unanswerable = false;
};

struct AnswerDataset {
  // In the order of the source. Questions that lost all of their documents to others are left out.
  std::vector<AnswerQuestion> questions;
  size_t removed_documents = 0;
  size_t kept_documents = 0;
  size_t left_out_questions = 0;
};

// Of a BEIR folder whose queries have "ideal_answer". About half of the questions, by a hash of their id, lose all of
// their relevant documents: `corpus_path` becomes the corpus without these. Errors of ReadBeirDataset; INTERNAL: the
// corpus cannot be written.
absl::StatusOr<AnswerDataset> ReadHalvedDataset(const std::string& folder, const std::string& corpus_path);

struct TopicalQuestion {
  std::string topic;
  std::string text;
};

// Lines "topic<TAB>question". The odd lines where `odd`, else the even ones. NOT_FOUND: the file cannot be opened.
// INVALID_ARGUMENT: a line is no such line, or there is none.
absl::StatusOr<std::vector<TopicalQuestion>> ReadTopicalQuestions(const std::string& path, bool odd);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_ANSWER_QUESTIONS_H_
