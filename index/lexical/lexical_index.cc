#include "index/lexical/lexical_index.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

#include "absl/types/optional.h"
#include "index/lexical/block_max_search.h"
#include "index/lexical/bm25f.h"
#include "index/lexical/lexical_layout.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

// The sums of all weights, times the highest impact, stay below 2^32.
constexpr double kWeightTotal = 1 << 24;

// The smallest power of two by which factors can be divided so that the results, each rounded up to a whole number,
// add up to kWeightTotal at most.
double Scale(const std::map<size_t, double>& factors) {
  double total = 0;
  for (const auto& [term, factor] : factors) total += factor;
  return std::exp2(std::ceil(std::log2(total / (kWeightTotal - static_cast<double>(factors.size())))));
}

}  // namespace

LexicalIndex::LexicalIndex(std::unique_ptr<LexicalLayout> layout) : layout_(std::move(layout)) {}
LexicalIndex::~LexicalIndex() = default;

absl::StatusOr<std::unique_ptr<LexicalIndex>> LexicalIndex::Open(std::string bytes) {
  ASSIGN_OR_RETURN(std::unique_ptr<LexicalLayout> layout, LexicalLayout::Read(std::move(bytes)));
  return std::unique_ptr<LexicalIndex>(new LexicalIndex(std::move(layout)));
}

LexicalIndex::QueryWeights LexicalIndex::WeightsOf(absl::Span<const WeightedTerm> terms) const {
  std::map<size_t, double> factors;
  for (const WeightedTerm& term : terms) {
    if (const absl::optional<size_t> id = layout_->Find(term.term); id.has_value()) factors[*id] += term.weight;
  }
  if (factors.empty()) return {};
  for (auto& [term, factor] : factors) factor *= IdfOf(DocumentFrequency(term));
  QueryWeights query;
  query.scale = Scale(factors);
  for (const auto& [term, factor] : factors) {
    query.weights[term] = static_cast<uint32_t>(std::max(1.0, std::round(factor / query.scale)));
  }
  return query;
}

std::vector<ScoredPassage> LexicalIndex::Search(absl::Span<const WeightedTerm> terms, const PassageBitmap& allowed,
                                                size_t k) const {
  const QueryWeights query = WeightsOf(terms);
  if (query.weights.empty() || k == 0) return {};
  std::vector<TermCursor> cursors;
  for (const auto& [term, weight] : query.weights) cursors.emplace_back(layout_->Postings(term), weight);
  std::vector<ScoredPassage> found = BlockMaxSearch(std::move(cursors), allowed, k).Run();
  // Exact, since both factors are powers of two.
  for (ScoredPassage& passage : found) passage.score *= static_cast<float>(query.scale / kImpactLevels);
  return found;
}

std::vector<TermScore> LexicalIndex::Explain(absl::Span<const WeightedTerm> terms, PassageOrdinal passage) const {
  const QueryWeights query = WeightsOf(terms);
  std::map<size_t, size_t> places;
  std::vector<TermScore> held;
  for (const WeightedTerm& term : terms) {
    const absl::optional<size_t> id = layout_->Find(term.term);
    if (!id.has_value()) continue;
    if (const auto place = places.find(*id); place != places.end()) {
      held[place->second].weight += term.weight;
      continue;
    }
    TermCursor cursor(layout_->Postings(*id), query.weights.at(*id));
    if (cursor.SkipTo(IndexOf(passage)) != IndexOf(passage)) continue;
    places[*id] = held.size();
    held.push_back({term.term, term.weight, cursor.score() * query.scale / kImpactLevels});
  }
  return held;
}

std::vector<ScoredPassage> LexicalIndex::Search(absl::Span<const std::string> terms, const PassageBitmap& allowed,
                                                size_t k) const {
  std::vector<WeightedTerm> weighted;
  for (const std::string& term : terms) weighted.push_back({term, 1.0F});
  return Search(weighted, allowed, k);
}

double LexicalIndex::IdfOf(size_t holders) const {
  return Idf(static_cast<double>(passages()), static_cast<double>(holders));
}

size_t LexicalIndex::DocumentFrequency(const std::string& term) const {
  const absl::optional<size_t> id = layout_->Find(term);
  return id.has_value() ? layout_->Holders(*id) : 0;
}

double LexicalIndex::InverseDocumentFrequency(absl::string_view term) const {
  const absl::optional<size_t> id = layout_->Find(term);
  return IdfOf(id.has_value() ? layout_->Holders(*id) : 0);
}

std::vector<bool> LexicalIndex::Holds(absl::string_view term, absl::Span<const PassageOrdinal> passages) const {
  std::vector<bool> holds(passages.size());
  const absl::optional<size_t> id = layout_->Find(term);
  if (!id.has_value()) return holds;
  TermCursor cursor(layout_->Postings(*id), 1);
  for (size_t i = 0; i < passages.size(); ++i) holds[i] = cursor.SkipTo(IndexOf(passages[i])) == IndexOf(passages[i]);
  return holds;
}

size_t LexicalIndex::passages() const { return layout_->passages(); }

size_t LexicalIndex::terms() const { return layout_->terms(); }

absl::string_view LexicalIndex::term(size_t i) const { return layout_->Text(i); }

size_t LexicalIndex::DocumentFrequency(size_t i) const { return layout_->Holders(i); }

}  // namespace bedside
