// A result of the decisions to answer that nobody measured, for tests.
#ifndef BEDSIDE_TESTS_TOOLS_EVAL_DECISIONS_MADE_DECISIONS_H_
#define BEDSIDE_TESTS_TOOLS_EVAL_DECISIONS_MADE_DECISIONS_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "tools/eval/decisions/decision_result.h"

namespace bedside {

inline QuestionDecision MadeDecision(const std::string& id, const std::string& outcome, double relevance,
                                     bool first_is_relevant, double generate_ms) {
  QuestionDecision decision;
  decision.id = id;
  decision.outcome = outcome;
  decision.relevance = relevance;
  decision.first_is_relevant = first_is_relevant;
  decision.retrieve_ms = 10;
  decision.generate_ms = generate_ms;
  return decision;
}

// Of four answerable questions one is declined, of two unanswerable ones and of ten from outside one is answered. Of
// the pairs of an answerable and an unanswerable question seven of eight are in order. Two answers hold twice what the
// first passages do by ROUGE-2, and 1.25 times by embeddings.
inline DecisionResult MadeDecisions() {
  DecisionResult result;
  result.half = "reported";
  result.embedder = "model <1>";
  result.kept_documents = 60;
  result.removed_documents = 40;
  result.left_out_questions = 7;
  result.groups.push_back({kAnswerable,
                           {MadeDecision("a", "answered", 0.9, true, 1), MadeDecision("c", "answered", 0.8, true, 2),
                            MadeDecision("e", "answered", 0.7, false, 3),
                            MadeDecision("g", "ABSTENTION_REASON_WEAK_EVIDENCE", 0.4, true, 0.1)}});
  result.groups.push_back({kUnanswerable,
                           {MadeDecision("b", "answered", 0.5, false, 4),
                            MadeDecision("d", "ABSTENTION_REASON_NO_EVIDENCE", 0.1, false, 0.1)}});
  DecisionGroup outside{kOutside, {}};
  for (int i = 0; i < 10; ++i) {
    outside.questions.push_back(MadeDecision(
        absl::StrCat("law ", i), i == 0 ? "answered" : "ABSTENTION_REASON_OUT_OF_SCOPE", 0.1, false, i == 0 ? 5 : 0.1));
  }
  outside.questions[1].warns_of_emergency = true;
  result.groups.push_back(outside);
  result.compared_questions = 3;
  result.coverage = {{"a", 0.6, 0.3, 1.0, 0.8}, {"c", 0.4, 0.2, 0.5, 0.4}};
  return result;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_TOOLS_EVAL_DECISIONS_MADE_DECISIONS_H_
