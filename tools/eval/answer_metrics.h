// Measures of answers and of the decision to give one.
#ifndef BEDSIDE_TOOLS_EVAL_ANSWER_METRICS_H_
#define BEDSIDE_TOOLS_EVAL_ANSWER_METRICS_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/eval/sample_statistics.h"

namespace bedside {

// Probability that a score of `positives` is above one of `negatives`, a tie counting as half (Hanley & McNeil, "The
// meaning and use of the area under a receiver operating characteristic (ROC) curve", 1982). Time: their product.
// REQUIRES: neither is empty
double AreaUnderRoc(const std::vector<double>& positives, const std::vector<double>& negatives);

// The same with the interval of its standard error (in the same article), cut to 0 to 1; without width where it is 0 or
// 1.
Estimate RocEstimate(const std::vector<double>& positives, const std::vector<double>& negatives);

// If what scores at least as much as some score were taken for positive: the share of the positives and of the
// negatives that would be.
struct RocPoint {
  double positives;
  double negatives;
};

// A point for each score that occurs, the highest first, after (0, 0); ends at (1, 1) (Fawcett, "An introduction to ROC
// analysis", 2006). REQUIRES: neither is empty
std::vector<RocPoint> RocCurve(const std::vector<double>& positives, const std::vector<double>& negatives);

struct ScoredOutcome {
  double confidence;
  bool wrong;
};

// Of the n most confident outcomes, for n from 1 to all, how many are wrong. Outcomes of one confidence stay in their
// order.
std::vector<size_t> WrongByCoverage(std::vector<ScoredOutcome> outcomes);

// Mean, over every number n of outcomes from 1 to all, of the share of wrong ones among the n most confident (Geifman,
// Uziel & El-Yaniv, "Bias-reduced uncertainty estimation for deep neural classifiers", 2019), of WrongByCoverage.
// REQUIRES: `outcomes` is not empty
double AreaUnderRiskCoverage(std::vector<ScoredOutcome> outcomes);

// Share of the pairs of neighbouring words of `reference` that `text` holds, each as often as it does: recall of
// ROUGE-2 (Lin, "ROUGE: a package for automatic evaluation of summaries", 2004), words being runs of ASCII letters and
// digits and of bytes beyond ASCII, without case. 0 where `reference` has no pair.
double BigramRecall(absl::string_view reference, absl::string_view text);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_ANSWER_METRICS_H_
