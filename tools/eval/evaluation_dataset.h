// Questions whose relevant documents are known, and the corpus that holds these.
#ifndef BEDSIDE_TOOLS_EVAL_EVALUATION_DATASET_H_
#define BEDSIDE_TOOLS_EVAL_EVALUATION_DATASET_H_

#include <cstddef>
#include <string>
#include <vector>

#include "index/retrieval/ranking_metrics.h"

namespace bedside {

struct JudgedQuestion {
  // Stays the same when the dataset is read again, so that runs can be compared question by question.
  std::string id;
  std::string text;
  // "factoid" and the like; empty where the dataset does not say.
  std::string type;
  // By the id that the document has in Bedside. At least one is relevant.
  Judgements judgements;
};

struct EvaluationDataset {
  // The last part of its path.
  std::string name;
  // "beir", "pubmedqa", "medquad" or "questions".
  std::string format;
  // What bedside_ingest is to read: without the questions, wherever the source holds both. Empty: the dataset is
  // questions only.
  std::string corpus_path;
  // In the order of the source.
  std::vector<JudgedQuestion> questions;
  // Questions without a relevant document: they are no part of `questions`.
  size_t unjudged_questions = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_EVALUATION_DATASET_H_
