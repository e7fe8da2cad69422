// What was measured of the decision to answer, and of the answers, as plain values.
#ifndef BEDSIDE_TOOLS_EVAL_DECISIONS_DECISION_RESULT_H_
#define BEDSIDE_TOOLS_EVAL_DECISIONS_DECISION_RESULT_H_

#include <cstddef>
#include <string>
#include <vector>

namespace bedside {

// What became of one question.
struct QuestionDecision {
  std::string id;
  // "answered", or the name of the AbstentionReason.
  std::string outcome;
  bool warns_of_emergency = false;
  // That the first passage bears on it.
  double relevance = 0;
  // The first passage is judged relevant; false where nothing is judged.
  bool first_is_relevant = false;
  // Milliseconds of the server: to find evidence, to answer from it, and of the latter to check what a language model
  // wrote.
  double retrieve_ms = 0;
  double generate_ms = 0;
  double verify_ms = 0;

  bool answered() const { return outcome == "answered"; }
};

// Questions of one kind.
struct DecisionGroup {
  std::string name;
  std::vector<QuestionDecision> questions;
};

constexpr char kAnswerable[] = "answerable";
constexpr char kUnanswerable[] = "unanswerable";
constexpr char kOutside[] = "outside";
constexpr char kMedical[] = "medical";

// How much of an expert's answer the service's answer and the first passage of the search hold.
struct IdealCoverage {
  std::string id;
  // Recall of pairs of words (answer_metrics.h).
  double rouge_answer = 0;
  double rouge_passage = 0;
  // embedding_recall.h
  double embedding_answer = 0;
  double embedding_passage = 0;
};

struct DecisionResult {
  // "development" or "reported".
  std::string half;
  // Id of the embedder of the embedding recall.
  std::string embedder;
  size_t kept_documents = 0;
  size_t removed_documents = 0;
  size_t left_out_questions = 0;
  // In the order asked; none without questions.
  std::vector<DecisionGroup> groups;
  // Questions with an expert's answer that were compared, and what became of the answered ones.
  size_t compared_questions = 0;
  std::vector<IdealCoverage> coverage;
};

// Null: no group of the name.
const DecisionGroup* FindGroup(const DecisionResult& result, const std::string& name);

size_t CountAbstained(const DecisionGroup& group);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_DECISIONS_DECISION_RESULT_H_
