#include "tools/eval/relevance_quality.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "absl/types/span.h"

namespace bedside {
namespace {

constexpr size_t kResamples = 200;
constexpr uint64_t kSeed = 20150125;
constexpr size_t kCoverages = 20;
constexpr size_t kBins = 10;
constexpr size_t kLosses = 50;

// Indexes of questions, some more than once.
using Sample = absl::Span<const size_t>;

bool IsFirstRelevant(const QuestionResult& question) {
  return !question.passages.empty() && question.passages[0].relevant;
}

// Whether the first passage is wrong, the most confident question first.
std::vector<bool> ErrorsByConfidence(const EvaluationRun& run, Confidence confidence) {
  std::vector<std::pair<double, bool>> questions;
  for (const QuestionResult& question : run.questions) {
    const double value = confidence == Confidence::kRelevance ? *question.passages[0].relevance : *question.best_cosine;
    questions.emplace_back(-value, !IsFirstRelevant(question));
  }
  std::stable_sort(questions.begin(), questions.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<bool> errors;
  for (const auto& question : questions) errors.push_back(question.second);
  return errors;
}

// At each coverage, of a sample of questions in the order of confidence.
std::vector<double> Risks(const std::vector<bool>& errors, Sample sample) {
  std::vector<size_t> sorted(sample.begin(), sample.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> risks;
  size_t wrong = 0;
  size_t answered = 0;
  for (size_t i = 1; i <= kCoverages; ++i) {
    const size_t wanted = std::max<size_t>(1, (sorted.size() * i + kCoverages / 2) / kCoverages);
    for (; answered < wanted; ++answered) wrong += errors[sorted[answered]] ? 1 : 0;
    risks.push_back(static_cast<double>(wrong) / static_cast<double>(answered));
  }
  return risks;
}

struct BinSums {
  double passages = 0;
  double predicted = 0;
  double relevant = 0;

  double observed() const { return passages == 0 ? 0 : relevant / passages; }
};

std::vector<BinSums> SumBins(const EvaluationRun& run, Sample sample) {
  std::vector<BinSums> bins(kBins);
  for (const size_t i : sample) {
    for (const JudgedPassage& passage : run.questions[i].passages) {
      if (!passage.relevance.has_value()) continue;
      BinSums& bin = bins[std::min(kBins - 1, static_cast<size_t>(*passage.relevance * kBins))];
      ++bin.passages;
      bin.predicted += *passage.relevance;
      if (passage.relevant) ++bin.relevant;
    }
  }
  return bins;
}

double CalibrationError(const std::vector<BinSums>& bins) {
  double passages = 0;
  double error = 0;
  for (const BinSums& bin : bins) {
    passages += bin.passages;
    error += std::abs(bin.predicted - bin.relevant);
  }
  return passages == 0 ? 0 : error / passages;
}

// What is observed in each bin, and the error. A bin of which a resample has nothing stays as it is in the whole.
std::vector<double> CalibrationValues(const std::vector<BinSums>& bins, const std::vector<BinSums>& whole) {
  std::vector<double> values;
  for (size_t i = 0; i < bins.size(); ++i) {
    values.push_back((bins[i].passages == 0 ? whole[i] : bins[i]).observed());
  }
  values.push_back(CalibrationError(bins));
  return values;
}

std::vector<size_t> All(size_t size) {
  std::vector<size_t> all(size);
  for (size_t i = 0; i < size; ++i) all[i] = i;
  return all;
}

// The share of the other passages that is removed at each loss.
std::vector<double> RemovedAtLosses(const EvaluationRun& run, Sample sample) {
  std::vector<double> relevant;
  std::vector<double> others;
  for (const size_t i : sample) {
    for (const JudgedPassage& passage : run.questions[i].passages) {
      (passage.relevant ? relevant : others).push_back(passage.relevance.value_or(0));
    }
  }
  std::sort(relevant.begin(), relevant.end());
  std::sort(others.begin(), others.end());
  std::vector<double> removed;
  for (size_t loss = 0; loss <= kLosses; ++loss) {
    const size_t lost = relevant.size() * loss / kLosses;
    const auto end =
        lost < relevant.size() ? std::lower_bound(others.begin(), others.end(), relevant[lost]) : others.end();
    removed.push_back(others.empty() ? 0
                                     : static_cast<double>(end - others.begin()) / static_cast<double>(others.size()));
  }
  return removed;
}

bool CanFilter(const EvaluationRun& run) {
  size_t relevant = 0;
  size_t others = 0;
  for (const QuestionResult& question : run.questions) {
    for (const JudgedPassage& passage : question.passages) {
      if (!passage.relevance.has_value()) return false;
      ++(passage.relevant ? relevant : others);
    }
  }
  return relevant > 0 && others > 0;
}

}  // namespace

Confidence ConfidenceOf(const EvaluationRun& run) {
  const auto has_relevance = [](const QuestionResult& question) {
    return !question.passages.empty() && question.passages[0].relevance.has_value();
  };
  const auto has_cosine = [](const QuestionResult& question) { return question.best_cosine.has_value(); };
  if (std::all_of(run.questions.begin(), run.questions.end(), has_relevance)) return Confidence::kRelevance;
  if (std::all_of(run.questions.begin(), run.questions.end(), has_cosine)) return Confidence::kCosine;
  return Confidence::kNone;
}

std::vector<RiskPoint> RiskCoverage(const EvaluationRun& run) {
  const Confidence confidence = ConfidenceOf(run);
  if (confidence == Confidence::kNone || run.questions.empty()) return {};
  const std::vector<bool> errors = ErrorsByConfidence(run, confidence);
  const auto risks = [&errors](Sample sample) { return Risks(errors, sample); };
  std::vector<RiskPoint> points;
  for (const Estimate& risk : Bootstrap(errors.size(), risks, kResamples, kSeed)) {
    points.push_back({static_cast<double>(points.size() + 1) / kCoverages, risk});
  }
  return points;
}

absl::optional<Calibration> CalibrationOf(const EvaluationRun& run) {
  const size_t size = run.questions.size();
  const std::vector<BinSums> whole = SumBins(run, All(size));
  const std::vector<Estimate> estimates = Bootstrap(
      size, [&](Sample sample) { return CalibrationValues(SumBins(run, sample), whole); }, kResamples, kSeed);
  Calibration calibration;
  for (size_t i = 0; i < kBins; ++i) {
    const BinSums& bin = whole[i];
    if (bin.passages == 0) continue;
    calibration.bins.push_back({static_cast<size_t>(bin.passages), bin.predicted / bin.passages, estimates[i]});
  }
  if (calibration.bins.empty()) return absl::nullopt;
  calibration.error = estimates.back();
  return calibration;
}

absl::optional<std::vector<FilterPoint>> FilterTradeOff(const EvaluationRun& run) {
  if (!CanFilter(run)) return absl::nullopt;
  const auto removed = [&run](Sample sample) { return RemovedAtLosses(run, sample); };
  std::vector<FilterPoint> points;
  for (const Estimate& share : Bootstrap(run.questions.size(), removed, kResamples, kSeed)) {
    points.push_back({static_cast<double>(points.size()) / kLosses, share});
  }
  return points;
}

const FilterPoint& FilteredAt(const std::vector<FilterPoint>& points, double lost) {
  return points[static_cast<size_t>(std::lround(lost * kLosses))];
}

const Estimate& RiskAt(const std::vector<RiskPoint>& points, double coverage) {
  return points[static_cast<size_t>(std::lround(coverage * kCoverages)) - 1].risk;
}

}  // namespace bedside
