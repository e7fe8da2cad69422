// What a measurement of decisions and answers comes to: beside its goals, as text, as JSON.
#ifndef BEDSIDE_TOOLS_EVAL_DECISIONS_DECISION_SUMMARY_H_
#define BEDSIDE_TOOLS_EVAL_DECISIONS_DECISION_SUMMARY_H_

#include <map>
#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "tools/eval/answer_metrics.h"
#include "tools/eval/decisions/decision_result.h"
#include "tools/eval/measured_goal.h"
#include "tools/eval/sample_statistics.h"

namespace bedside {

// The share of the questions from outside medicine that are not to be answered, of 1.
constexpr double kOutsideGoal = 0.95;

// How well the relevance of the first passage tells answerable from unanswerable questions.
struct AnswerabilityScores {
  std::vector<double> answerable;
  std::vector<double> unanswerable;
};

// Unset where there are not questions of both kinds. `decided`: 0 in the place of the relevance where the service
// abstained.
absl::optional<AnswerabilityScores> ScoresOf(const DecisionResult& result, bool decided);

// Of the answerable and unanswerable questions, in the order of their ids, so that neither comes first among those of
// one confidence: how relevant the first passage is said to be, and whether it is not. Empty where nothing is judged.
std::vector<ScoredOutcome> RisksOf(const DecisionResult& result);

// AreaUnderRiskCoverage with a bootstrap interval over the questions. REQUIRES: !outcomes.empty()
Estimate RiskEstimate(const std::vector<ScoredOutcome>& outcomes);

// A recall of the service's answers and of first passages, means over the answered questions, and how many times the
// second the first is, with bootstrap intervals over the questions.
struct CoverageEstimate {
  Estimate answer;
  Estimate passage;
  Estimate times;
};

// Unset where nothing was compared or the passages hold nothing. The members are those of IdealCoverage.
absl::optional<CoverageEstimate> CoverageOf(const DecisionResult& result, double IdealCoverage::*answer,
                                            double IdealCoverage::*passage);

// One member of the answered questions of all groups.
std::vector<double> TimesOf(const DecisionResult& result, double QuestionDecision::*member);

// Outcomes with how often they came about.
std::map<std::string, size_t> OutcomesOf(const DecisionGroup& group);

// Those that there are cases for.
std::vector<MeasuredGoal> DecisionGoals(const DecisionResult& result);

// Outcomes by group, areas, coverage of experts' answers, times, goals. No words of questions are in it, nor in the
// JSON.
std::string DecisionText(const DecisionResult& result);

// An object with "written_by", the settings, "groups" question by question, "coverage" and "goals" (measured_goal.h).
std::string DecisionJson(const DecisionResult& result);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_DECISIONS_DECISION_SUMMARY_H_
