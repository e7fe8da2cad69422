#include "index/lexical/lexical_query.h"

#include <algorithm>
#include <cmath>

#include "index/lexical/bm25f.h"

namespace bedside {
namespace {

// The sums of all weights, times the highest impact, stay below 2^32.
constexpr double kWeightTotal = 1 << 24;

// The smallest power of two by which factors can be divided so that the results, each rounded up to a whole number,
// add up to kWeightTotal at most.
double Scale(const std::map<std::string, double>& factors) {
  double total = 0;
  for (const auto& [term, factor] : factors) total += factor;
  return std::exp2(std::ceil(std::log2(total / (kWeightTotal - static_cast<double>(factors.size())))));
}

}  // namespace

LexicalQuery MakeLexicalQuery(absl::Span<const WeightedTerm> terms, size_t passages,
                              const std::function<size_t(const std::string& term)>& holders) {
  std::map<std::string, double> factors;
  for (const WeightedTerm& term : terms) factors[term.term] += term.weight;
  for (auto factor = factors.begin(); factor != factors.end();) {
    const size_t held_by = holders(factor->first);
    factor->second *= Idf(static_cast<double>(passages), static_cast<double>(held_by));
    factor = held_by == 0 ? factors.erase(factor) : std::next(factor);
  }
  if (factors.empty()) return {};
  LexicalQuery query;
  query.scale = Scale(factors);
  for (const auto& [term, factor] : factors) {
    query.weights[term] = static_cast<uint32_t>(std::max(1.0, std::round(factor / query.scale)));
  }
  return query;
}

}  // namespace bedside
