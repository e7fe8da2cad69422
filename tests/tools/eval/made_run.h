// Runs that nobody measured, for tests.
#ifndef BEDSIDE_TESTS_TOOLS_EVAL_MADE_RUN_H_
#define BEDSIDE_TESTS_TOOLS_EVAL_MADE_RUN_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/eval/evaluation_run.h"

namespace bedside {

// Questions q0, q1, ... whose every metric is the value given, of 1, 2, ... milliseconds.
inline EvaluationRun MadeRun(const std::string& dataset, const std::vector<double>& values) {
  EvaluationRun run;
  run.dataset = dataset;
  run.format = "beir";
  run.page_size = 100;
  for (const double value : values) {
    QuestionResult question;
    question.id = absl::StrCat("q", run.questions.size());
    question.metrics.fill(value);
    question.latency_ms = static_cast<double>(run.questions.size() + 1);
    run.questions.push_back(question);
  }
  return run;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_TOOLS_EVAL_MADE_RUN_H_
