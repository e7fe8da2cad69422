// Measures of answers and of the decision to give one.
#ifndef BEDSIDE_TOOLS_EVAL_ANSWER_METRICS_H_
#define BEDSIDE_TOOLS_EVAL_ANSWER_METRICS_H_

#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

// Probability that a score of `positives` is above one of `negatives`, a tie counting as half (Hanley & McNeil, "The
// meaning and use of the area under a receiver operating characteristic (ROC) curve", 1982). Time: their product.
// REQUIRES: neither is empty
double AreaUnderRoc(const std::vector<double>& positives, const std::vector<double>& negatives);

struct ScoredOutcome {
  double confidence;
  bool wrong;
};

// Mean, over every number n of outcomes from 1 to all, of the share of wrong ones among the n most confident (Geifman,
// Uziel & El-Yaniv, "Bias-reduced uncertainty estimation for deep neural classifiers", 2019). Outcomes of one
// confidence stay in their order. REQUIRES: `outcomes` is not empty
double AreaUnderRiskCoverage(std::vector<ScoredOutcome> outcomes);

// Share of the pairs of neighbouring words of `reference` that `text` holds, each as often as it does: recall of
// ROUGE-2 (Lin, "ROUGE: a package for automatic evaluation of summaries", 2004), words being runs of ASCII letters and
// digits and of bytes beyond ASCII, without case. 0 where `reference` has no pair.
double BigramRecall(absl::string_view reference, absl::string_view text);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_ANSWER_METRICS_H_
