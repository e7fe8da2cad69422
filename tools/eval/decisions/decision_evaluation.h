// Measures when a server answers and when it abstains, and how much of what experts answer its answers hold.
#ifndef BEDSIDE_TOOLS_EVAL_DECISIONS_DECISION_EVALUATION_H_
#define BEDSIDE_TOOLS_EVAL_DECISIONS_DECISION_EVALUATION_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "index/embedding/embedder.h"
#include "index/text/sentence_splitter.h"
#include "tools/eval/answer_client.h"
#include "tools/eval/answer_questions.h"
#include "tools/eval/decisions/decision_result.h"
#include "tools/eval/evaluation_dataset.h"
#include "tools/eval/grounding_answers.h"

namespace bedside {

struct DecisionOptions {
  AnswerHalf half = AnswerHalf::kDevelopment;
  // Questions of a group, at most; 0: all.
  size_t most_questions = 0;
  // Answerable questions whose answers are compared with those of experts.
  size_t most_compared = 300;
};

// Not thread-safe.
class DecisionEvaluation {
 public:
  using Observer =
      std::function<void(absl::string_view group, const AskedQuestion& asked, const std::string& question)>;

  // All must outlive it. `observer` is called with each question that was asked; it may be empty.
  DecisionEvaluation(const AnswerClient* client, const SentenceSplitter* splitter, const Embedder* embedder,
                     const DecisionOptions& options, Observer observer);

  // Each asks the questions of its half and adds groups to the result: "answerable" and "unanswerable", "outside",
  // "medical". Errors of AnswerClient::Ask and of the embedder, which works after the last question so that no answer
  // is timed beside it.
  absl::Status AskHalved(const AnswerDataset& dataset);
  // Of whatever half: the caller chooses.
  absl::Status AskOutside(const std::vector<TopicalQuestion>& questions);
  absl::Status AskMedical(const EvaluationDataset& dataset);

  const DecisionResult& result() const { return result_; }

 private:
  // To be compared: what an expert wrote, the answer, the first passage.
  struct Compared {
    std::string id;
    std::string ideal;
    std::string answer;
    std::string passage;
  };

  bool IsAsked(const std::string& id, const DecisionGroup& group) const;
  absl::StatusOr<AskedQuestion> Ask(const std::string& id, const std::string& question, DecisionGroup* group);
  void Keep(const AnswerQuestion& question, const AskedQuestion& asked, std::vector<Compared>* compared);
  absl::Status Compare(const std::vector<Compared>& compared);
  void AddGroup(DecisionGroup group);

  const AnswerClient* client_;
  const SentenceSplitter* splitter_;
  const Embedder* embedder_;
  const DecisionOptions options_;
  const Observer observer_;
  DecisionResult result_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_DECISIONS_DECISION_EVALUATION_H_
