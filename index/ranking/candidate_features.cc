#include "index/ranking/candidate_features.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <numeric>

#include "index/ranking/spread.h"

namespace bedside {
namespace {

// Candidates that others are compared with: the first that many.
constexpr size_t kLeaders = 20;
constexpr size_t kFirst = 5;
constexpr size_t kNearest = 3;
// The lead of the first candidate is that over this one.
constexpr size_t kTenth = 9;

// How much more a candidate weighs in the middle of the likely ones for a point of its fused score.
constexpr double kLikely = 2;
constexpr double kLikeliest = 6;

std::vector<std::string> MakeNames() {
  const std::vector<std::string> names = {"fused",
                                          "dense",
                                          "lexical",
                                          "fused_rank",
                                          "lexical_rank",
                                          "dense_rank",
                                          "rarity_held",
                                          "rarest_missed",
                                          "words_held",
                                          "rarest_held",
                                          "two_rarest_held",
                                          "interaction",
                                          "interaction_weakest",
                                          "near_first",
                                          "near_likely",
                                          "near_likeliest",
                                          "nearest",
                                          "near_three"};
  std::vector<std::string> all;
  for (const std::string& name : names) {
    all.push_back(name);
    all.push_back(name + "_standardised");
  }
  for (const char* name :
       {"words", "rarity", "rarest", "lead", "best_dense", "spread_dense", "best_interaction", "spread_interaction"}) {
    all.push_back(std::string("question_") + name);
  }
  return all;
}

// Summed in lanes, which the compiler keeps in registers: through pointers, since a span checks every index.
float Product(absl::Span<const float> a, absl::Span<const float> b) {
  constexpr size_t kLanes = 16;
  const float* x = a.data();
  const float* y = b.data();
  float sums[kLanes] = {};
  size_t i = 0;
  for (; i + kLanes <= a.size(); i += kLanes) {
    for (size_t lane = 0; lane < kLanes; ++lane) sums[lane] += x[i + lane] * y[i + lane];
  }
  for (; i < a.size(); ++i) sums[0] += x[i] * y[i];
  return std::accumulate(std::begin(sums), std::end(sums), 0.0F);
}

// Closeness of each candidate to the mean of all, each weighed by e to `sharpness` times its fused score.
std::vector<double> NearMiddle(absl::Span<const CandidateScores> scores, const EmbeddingMatrix& vectors,
                               double sharpness) {
  std::vector<float> middle(vectors.dimension());
  double total = 0;
  for (size_t i = 0; i < scores.size(); ++i) {
    const double weight = std::exp(sharpness * (scores[i].fused - scores[0].fused));
    total += weight;
    const float* row = vectors.row(i).data();  // as in Product
    for (size_t j = 0; j < middle.size(); ++j) middle[j] += static_cast<float>(weight) * row[j];
  }
  std::vector<double> near;
  for (size_t i = 0; i < scores.size(); ++i) near.push_back(Product(vectors.row(i), middle) / total);
  return near;
}

// Products of candidate `i` with the leaders, itself left out.
std::vector<double> WithLeaders(const EmbeddingMatrix& vectors, size_t i) {
  std::vector<double> products;
  for (size_t leader = 0; leader < std::min(kLeaders, vectors.rows()); ++leader) {
    if (leader != i) products.push_back(Product(vectors.row(leader), vectors.row(i)));
  }
  return products;
}

double MeanOfFirst(const std::vector<double>& values, size_t count) {
  count = std::min(count, values.size());
  if (count == 0) return 0;
  return std::accumulate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count), 0.0) /
         static_cast<double>(count);
}

// Indexes of `values` from the largest value down.
std::vector<size_t> Falling(const std::vector<double>& values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return values[a] > values[b]; });
  return order;
}

std::vector<double> MeansOf(const CandidateSignals& signals) {
  std::vector<double> means;
  for (const Interaction& interaction : signals.interactions) means.push_back(interaction.mean);
  return means;
}

// Which words a candidate holds, in numbers.
struct WordsHeld {
  double rarity = 0;
  double rarest_missed = 0;
  double words = 0;
  double rarest_held = 0;
  double two_rarest = 0;
};

WordsHeld HeldBy(size_t candidate, const CandidateSignals& signals, absl::Span<const size_t> by_rarity) {
  WordsHeld held;
  double total = 0;
  const size_t terms = signals.rarity.size();
  for (size_t place = 0; place < terms; ++place) {
    const size_t term = by_rarity[place];
    const double rarity = signals.rarity[term];
    total += rarity;
    if (!signals.holds[candidate * terms + term]) {
      held.rarest_missed = std::max(held.rarest_missed, rarity);
      continue;
    }
    held.rarity += rarity;
    held.words += 1.0 / static_cast<double>(terms);
    held.rarest_held = std::max(held.rarest_held, rarity);
    if (place < 2) held.two_rarest += 1.0 / static_cast<double>(std::min<size_t>(2, terms));
  }
  if (total > 0) held.rarity /= total;
  return held;
}

}  // namespace

const std::vector<std::string>& CandidateFeatures::Names() {
  static const auto* const names = new std::vector<std::string>(MakeNames());
  return *names;
}

CandidateFeatures::CandidateFeatures(absl::Span<const CandidateScores> scores, const CandidateSignals& signals)
    : candidates_(scores.size()), values_(scores.size() * Names().size()) {
  AddScores(scores);
  AddWords(signals);
  AddInteractions(signals);
  AddNeighbours(scores, signals.vectors);
  AddQuestion(scores, signals);
}

absl::Span<const float> CandidateFeatures::row(size_t candidate) const {
  return absl::MakeConstSpan(values_).subspan(candidate * Names().size(), Names().size());
}

// As it is and standardised; a column that does not discriminate is standardised to 0.
void CandidateFeatures::AddColumn(const std::vector<double>& values) {
  const Spread spread = SpreadOf(values);
  for (size_t i = 0; i < candidates_; ++i) {
    float* row = values_.data() + i * Names().size() + columns_;
    row[0] = static_cast<float>(values[i]);
    row[1] = spread.deviation > 1e-9 ? static_cast<float>((values[i] - spread.mean) / spread.deviation) : 0.0F;
  }
  columns_ += 2;
}

void CandidateFeatures::AddRanks(const std::vector<double>& values) {
  std::vector<double> ranks(values.size());
  const std::vector<size_t> order = Falling(values);
  for (size_t rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = std::log1p(static_cast<double>(rank));
  AddColumn(ranks);
}

void CandidateFeatures::AddScores(absl::Span<const CandidateScores> scores) {
  std::vector<double> fused, dense, lexical;
  for (const CandidateScores& score : scores) {
    fused.push_back(score.fused);
    dense.push_back(score.dense);
    lexical.push_back(score.lexical);
  }
  for (const auto* values : {&fused, &dense, &lexical}) AddColumn(*values);
  for (const auto* values : {&fused, &lexical, &dense}) AddRanks(*values);
}

void CandidateFeatures::AddWords(const CandidateSignals& signals) {
  const std::vector<size_t> by_rarity = Falling(signals.rarity);
  std::vector<double> columns[5];
  for (size_t i = 0; i < candidates_; ++i) {
    const WordsHeld held = HeldBy(i, signals, by_rarity);
    const double values[] = {held.rarity, held.rarest_missed, held.words, held.rarest_held, held.two_rarest};
    for (size_t column = 0; column < 5; ++column) columns[column].push_back(values[column]);
  }
  for (const std::vector<double>& column : columns) AddColumn(column);
}

void CandidateFeatures::AddInteractions(const CandidateSignals& signals) {
  std::vector<double> weakest;
  for (const Interaction& interaction : signals.interactions) weakest.push_back(interaction.weakest);
  AddColumn(MeansOf(signals));
  AddColumn(weakest);
}

void CandidateFeatures::AddNeighbours(absl::Span<const CandidateScores> scores, const EmbeddingMatrix& vectors) {
  std::vector<double> first, nearest, three;
  for (size_t i = 0; i < candidates_; ++i) {
    std::vector<double> near = WithLeaders(vectors, i);
    first.push_back(MeanOfFirst(near, i < kFirst ? kFirst - 1 : kFirst));
    std::sort(near.begin(), near.end(), std::greater<double>());
    nearest.push_back(MeanOfFirst(near, 1));
    three.push_back(MeanOfFirst(near, kNearest));
  }
  AddColumn(first);
  AddColumn(NearMiddle(scores, vectors, kLikely));
  AddColumn(NearMiddle(scores, vectors, kLikeliest));
  AddColumn(nearest);
  AddColumn(three);
}

void CandidateFeatures::AddQuestion(absl::Span<const CandidateScores> scores, const CandidateSignals& signals) {
  std::vector<double> dense;
  for (const CandidateScores& score : scores) dense.push_back(score.dense);
  const std::vector<double> interactions = MeansOf(signals);
  const auto rarest = std::max_element(signals.rarity.begin(), signals.rarity.end());
  const double values[] = {static_cast<double>(signals.rarity.size()),
                           std::accumulate(signals.rarity.begin(), signals.rarity.end(), 0.0),
                           rarest == signals.rarity.end() ? 0 : *rarest,
                           scores[0].fused - scores[std::min(kTenth, candidates_ - 1)].fused,
                           *std::max_element(dense.begin(), dense.end()),
                           SpreadOf(dense).deviation,
                           *std::max_element(interactions.begin(), interactions.end()),
                           SpreadOf(interactions).deviation};
  for (double value : values) {
    for (size_t i = 0; i < candidates_; ++i) values_[i * Names().size() + columns_] = static_cast<float>(value);
    ++columns_;
  }
}

}  // namespace bedside
