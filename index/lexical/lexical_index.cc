#include "index/lexical/lexical_index.h"

#include <cstdint>
#include <map>
#include <utility>

#include "absl/types/optional.h"
#include "index/lexical/block_max_search.h"
#include "index/lexical/bm25f.h"
#include "index/lexical/lexical_layout.h"
#include "index/status/status_macros.h"

namespace bedside {

LexicalIndex::LexicalIndex(std::unique_ptr<LexicalLayout> layout) : layout_(std::move(layout)) {}
LexicalIndex::~LexicalIndex() = default;

absl::StatusOr<std::unique_ptr<LexicalIndex>> LexicalIndex::Open(std::string bytes) {
  ASSIGN_OR_RETURN(std::unique_ptr<LexicalLayout> layout, LexicalLayout::Read(std::move(bytes)));
  return std::unique_ptr<LexicalIndex>(new LexicalIndex(std::move(layout)));
}

std::vector<ScoredPassage> LexicalIndex::Search(const LexicalQuery& query, const PassageBitmap& allowed,
                                                size_t k) const {
  std::vector<TermCursor> cursors;
  for (const auto& [term, weight] : query.weights) {
    const absl::optional<size_t> id = layout_->Find(term);
    if (id.has_value()) cursors.emplace_back(layout_->Postings(*id), weight);
  }
  if (cursors.empty() || k == 0) return {};
  std::vector<ScoredPassage> found = BlockMaxSearch(std::move(cursors), allowed, k).Run();
  // Exact, since both factors are powers of two.
  for (ScoredPassage& passage : found) passage.score *= static_cast<float>(query.scale / kImpactLevels);
  return found;
}

std::vector<ScoredPassage> LexicalIndex::Search(absl::Span<const WeightedTerm> terms, const PassageBitmap& allowed,
                                                size_t k) const {
  const auto holders = [this](const std::string& term) { return DocumentFrequency(term); };
  return Search(MakeLexicalQuery(terms, passages(), holders), allowed, k);
}

std::vector<ScoredPassage> LexicalIndex::Search(absl::Span<const std::string> terms, const PassageBitmap& allowed,
                                                size_t k) const {
  std::vector<WeightedTerm> weighted;
  for (const std::string& term : terms) weighted.push_back({term, 1.0F});
  return Search(weighted, allowed, k);
}

std::vector<TermScore> LexicalIndex::Explain(absl::Span<const WeightedTerm> terms, const LexicalQuery& query,
                                             PassageOrdinal passage) const {
  std::map<size_t, size_t> places;
  std::vector<TermScore> held;
  for (const WeightedTerm& term : terms) {
    const absl::optional<size_t> id = layout_->Find(term.term);
    if (!id.has_value()) continue;
    if (const auto place = places.find(*id); place != places.end()) {
      held[place->second].weight += term.weight;
      continue;
    }
    TermCursor cursor(layout_->Postings(*id), query.weights.at(term.term));
    if (cursor.SkipTo(IndexOf(passage)) != IndexOf(passage)) continue;
    places[*id] = held.size();
    held.push_back({term.term, term.weight, cursor.score() * query.scale / kImpactLevels});
  }
  return held;
}

size_t LexicalIndex::DocumentFrequency(const std::string& term) const {
  const absl::optional<size_t> id = layout_->Find(term);
  return id.has_value() ? layout_->Holders(*id) : 0;
}

std::vector<bool> LexicalIndex::Holds(absl::string_view term, absl::Span<const PassageOrdinal> passages) const {
  std::vector<bool> holds(passages.size());
  const absl::optional<size_t> id = layout_->Find(term);
  if (!id.has_value()) return holds;
  TermCursor cursor(layout_->Postings(*id), 1);
  for (size_t i = 0; i < passages.size(); ++i) holds[i] = cursor.SkipTo(IndexOf(passages[i])) == IndexOf(passages[i]);
  return holds;
}

bool LexicalIndex::has_postings() const { return layout_->has_postings(); }

std::string LexicalIndex::WithoutPostings() const { return layout_->WithoutPostings(); }

void LexicalIndex::ForEachPosting(
    PassageOrdinal begin, PassageOrdinal end,
    const std::function<void(size_t term, PassageOrdinal passage, uint8_t impact)>& visit) const {
  for (size_t term = 0; term < terms(); ++term) {
    TermCursor cursor(layout_->Postings(term), 1);
    for (size_t passage = cursor.SkipTo(IndexOf(begin)); passage < IndexOf(end); passage = cursor.SkipTo(passage + 1)) {
      visit(term, PassageAt(passage), static_cast<uint8_t>(cursor.score()));
    }
  }
}

size_t LexicalIndex::passages() const { return layout_->passages(); }

size_t LexicalIndex::terms() const { return layout_->terms(); }

absl::string_view LexicalIndex::term(size_t i) const { return layout_->Text(i); }

size_t LexicalIndex::DocumentFrequency(size_t i) const { return layout_->Holders(i); }

}  // namespace bedside
