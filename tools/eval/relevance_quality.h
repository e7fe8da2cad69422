// How far the confidence of a search can be relied on: risk and coverage, calibration, filtering.
//
// All intervals are 95 %, from 200 resamples of the questions with a fixed seed.
#ifndef BEDSIDE_TOOLS_EVAL_RELEVANCE_QUALITY_H_
#define BEDSIDE_TOOLS_EVAL_RELEVANCE_QUALITY_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "tools/eval/evaluation_run.h"
#include "tools/eval/sample_statistics.h"

namespace bedside {

// What questions are ordered by: the relevance of their first passage where every question has one, else their best
// cosine where every question has one.
enum class Confidence { kNone, kRelevance, kCosine };

Confidence ConfidenceOf(const EvaluationRun& run);

// If only the most confident share `coverage` of the questions were answered, by their first passage: the share of
// these whose first passage is not relevant (El-Yaniv & Wiener, "On the foundations of noise-free selective
// classification", 2010).
struct RiskPoint {
  double coverage;
  Estimate risk;
};

// At each twentieth of `coverage`. Empty when ConfidenceOf is kNone or there is no question.
std::vector<RiskPoint> RiskCoverage(const EvaluationRun& run);

// The risk at `coverage`. REQUIRES: `points` is of RiskCoverage and not empty, and 0.05 <= coverage <= 1
const Estimate& RiskAt(const std::vector<RiskPoint>& points, double coverage);

// Passages whose relevance lies in one tenth of 0 to 1.
struct CalibrationBin {
  size_t passages;
  // Mean of the relevance that the search gave them.
  double predicted;
  // Share of them that is relevant.
  Estimate observed;
};

struct Calibration {
  // Tenths without passages are left out.
  std::vector<CalibrationBin> bins;
  // Expected calibration error: mean of |predicted - observed| over the bins, weighted by passages (Naeini, Cooper &
  // Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015).
  Estimate error;
};

// Over the passages that a run keeps. Unset when none has a relevance.
absl::optional<Calibration> CalibrationOf(const EvaluationRun& run);

// What leaving out every passage below a relevance does to the kept ones.
struct FilterPoint {
  // Share of the relevant passages that is lost.
  double lost;
  // Share of the others that is removed.
  Estimate removed;
};

// At each fiftieth of `lost`, the most that can be removed when at most that share is lost. Unset when a passage has no
// relevance, or all or none are relevant.
absl::optional<std::vector<FilterPoint>> FilterTradeOff(const EvaluationRun& run);

// The point of `lost`. REQUIRES: `points` is of FilterTradeOff, and 0 <= lost <= 1
const FilterPoint& FilteredAt(const std::vector<FilterPoint>& points, double lost);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_RELEVANCE_QUALITY_H_
