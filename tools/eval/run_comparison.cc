#include "tools/eval/run_comparison.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using QuestionsById = absl::flat_hash_map<std::string, const QuestionResult*>;

QuestionsById ById(const EvaluationRun& run) {
  QuestionsById questions;
  for (const QuestionResult& question : run.questions) questions[question.id] = &question;
  return questions;
}

absl::Status CheckComparable(const EvaluationRun& before, const EvaluationRun& after) {
  const QuestionsById known = ById(before);
  const auto is_new = [&known](const QuestionResult& question) { return !known.contains(question.id); };
  const auto added = std::count_if(after.questions.begin(), after.questions.end(), is_new);
  if (added > 0 || before.questions.size() != after.questions.size()) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s was asked other questions than before: %d now, %d before, %d of those now are new. Measure both with the "
        "same dataset and --limit_queries, and write the earlier one again with --json=FILE.",
        RunName(after), after.questions.size(), before.questions.size(), added));
  }
  if (before.page_size == after.page_size) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrFormat("%s was asked for %d passages a question, and for %d before. Measure both with the same "
                      "--page_size.",
                      RunName(after), after.page_size, before.page_size));
}

RunComparison ComparePairsOf(const EvaluationRun& before, const EvaluationRun& after,
                             const std::function<bool(const QuestionResult&)>& is_compared) {
  const QuestionsById known = ById(before);
  RunComparison comparison;
  comparison.name = RunName(after);
  for (const Metric metric : kAllMetrics) {
    std::vector<double> old_values;
    std::vector<double> new_values;
    for (const QuestionResult& question : after.questions) {
      if (!is_compared(question)) continue;
      old_values.push_back(known.at(question.id)->metric(metric));
      new_values.push_back(question.metric(metric));
    }
    comparison.metrics[static_cast<size_t>(metric)] = ComparePairs(old_values, new_values);
  }
  return comparison;
}

const EvaluationRun* FindRun(absl::Span<const EvaluationRun> runs, const std::string& name) {
  const auto found =
      std::find_if(runs.begin(), runs.end(), [&name](const EvaluationRun& run) { return RunName(run) == name; });
  return found == runs.end() ? nullptr : &*found;
}

// One metric of one run.
struct Trial {
  const RunComparison* comparison;
  Metric metric;
  const PairedDifference* difference;
};

std::vector<Trial> TrialsByP(absl::Span<const RunComparison> comparisons) {
  std::vector<Trial> trials;
  for (const RunComparison& comparison : comparisons) {
    for (const Metric metric : kAllMetrics) trials.push_back({&comparison, metric, &comparison.metric(metric)});
  }
  std::stable_sort(trials.begin(), trials.end(),
                   [](const Trial& a, const Trial& b) { return a.difference->p_lower < b.difference->p_lower; });
  return trials;
}

std::string RegressionLine(const Trial& trial) {
  const PairedDifference& difference = *trial.difference;
  return absl::StrFormat("gate: FAILED: %s: %s fell by %.4f (95 %% interval of the change %+.4f to %+.4f, p %.4f)\n",
                         trial.comparison->name, MetricName(trial.metric), -difference.difference.mean,
                         difference.difference.low, difference.difference.high, difference.p_lower);
}

std::string DetectableLines(absl::Span<const RunComparison> comparisons, double level) {
  std::string text;
  const double share = level / static_cast<double>(comparisons.size() * kMetrics);
  for (const RunComparison& comparison : comparisons) {
    const PairedDifference& difference = comparison.metric(Metric::kNdcgAt10);
    if (difference.changed == 0) {
      absl::StrAppend(&text, "gate: ", comparison.name, ": ndcg@10 is the same on every question\n");
    } else {
      absl::StrAppendFormat(&text,
                            "gate: %s: ndcg@10 changed by %+.4f; a fall of %.4f would be seen four times in five\n",
                            comparison.name, difference.difference.mean, DetectableFall(difference, share));
    }
  }
  return text;
}

}  // namespace

absl::StatusOr<RunComparison> Compare(const EvaluationRun& before, const EvaluationRun& after) {
  RETURN_IF_ERROR(CheckComparable(before, after));
  return ComparePairsOf(before, after, [](const QuestionResult&) { return true; });
}

absl::StatusOr<RunComparison> CompareChanged(const EvaluationRun& before, const EvaluationRun& after) {
  RETURN_IF_ERROR(CheckComparable(before, after));
  const auto is_changed = [](const QuestionResult& question) { return question.changed; };
  if (std::any_of(after.questions.begin(), after.questions.end(), is_changed)) {
    return ComparePairsOf(before, after, is_changed);
  }
  return absl::InvalidArgumentError(absl::StrCat(RunName(after), ": no question was changed"));
}

absl::StatusOr<std::vector<RunComparison>> CompareAll(absl::Span<const EvaluationRun> before,
                                                      absl::Span<const EvaluationRun> after) {
  for (const EvaluationRun& run : before) {
    if (FindRun(after, RunName(run)) != nullptr) continue;
    return absl::InvalidArgumentError(absl::StrCat("the earlier file has ", RunName(run), ", which was not measured ",
                                                   "now. Measure it, too, or write an earlier file without it."));
  }
  std::vector<RunComparison> comparisons;
  for (const EvaluationRun& run : after) {
    const EvaluationRun* partner = FindRun(before, RunName(run));
    if (partner == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat("the earlier file has no ", RunName(run), " to compare with. ",
                                                     "Write one that has it with --json=FILE."));
    }
    ASSIGN_OR_RETURN(RunComparison comparison, Compare(*partner, run));
    comparisons.push_back(std::move(comparison));
  }
  return comparisons;
}

std::string ComparisonText(absl::Span<const RunComparison> comparisons, absl::string_view before) {
  std::string text;
  for (const RunComparison& comparison : comparisons) {
    absl::StrAppendFormat(&text, "%s: change from %s\n\n%-11s %8s  %-19s %-8s %s\n", comparison.name, before, "metric",
                          "mean", "95 % interval", "p", "questions that differ");
    for (const Metric metric : kAllMetrics) {
      const PairedDifference& difference = comparison.metric(metric);
      absl::StrAppendFormat(&text, "%-11s %+8.4f  %+.4f to %+.4f  %.4f   %d of %d\n", MetricName(metric),
                            difference.difference.mean, difference.difference.low, difference.difference.high,
                            difference.p_two_sided, difference.changed, difference.pairs);
    }
    absl::StrAppend(&text, "\n");
  }
  return text;
}

GateVerdict JudgeRegression(absl::Span<const RunComparison> comparisons, double level) {
  GateVerdict verdict;
  const std::vector<Trial> trials = TrialsByP(comparisons);
  for (size_t i = 0; i < trials.size(); ++i) {
    const double share = level / static_cast<double>(trials.size() - i);
    if (trials[i].difference->p_lower >= share) break;
    verdict.passed = false;
    verdict.text += RegressionLine(trials[i]);
  }
  if (!verdict.passed) return verdict;
  verdict.text = absl::StrFormat("gate: passed: nothing is lower than before beyond chance (level %g)\n", level);
  verdict.text += DetectableLines(comparisons, level);
  return verdict;
}

}  // namespace bedside
