#include "index/lexical/lexical_segments.h"

#include <utility>

#include "index/lexical/bm25f.h"
#include "index/lexical/lexical_query.h"

namespace bedside {

LexicalSegments::LexicalSegments(std::vector<const LexicalIndex*> indexes)
    : indexes_(std::move(indexes)), ordinals_(indexes_) {}

LexicalQuery LexicalSegments::QueryOf(absl::Span<const WeightedTerm> terms) const {
  return MakeLexicalQuery(terms, passages(), [this](const std::string& term) { return DocumentFrequency(term); });
}

std::vector<ScoredPassage> LexicalSegments::Search(absl::Span<const WeightedTerm> terms,
                                                   absl::Span<const PassageBitmap> allowed, size_t k) const {
  const LexicalQuery query = QueryOf(terms);
  std::vector<std::vector<ScoredPassage>> found;
  for (size_t i = 0; i < indexes_.size(); ++i) found.push_back(indexes_[i]->Search(query, allowed[i], k));
  return ordinals_.Merge(std::move(found), k);
}

std::vector<TermScore> LexicalSegments::Explain(absl::Span<const WeightedTerm> terms, PassageOrdinal passage) const {
  const SegmentPassage place = ordinals_.PlaceOf(passage);
  return indexes_[place.segment]->Explain(terms, QueryOf(terms), place.passage);
}

size_t LexicalSegments::DocumentFrequency(const std::string& term) const {
  size_t holders = 0;
  for (const LexicalIndex* index : indexes_) holders += index->DocumentFrequency(term);
  return holders;
}

double LexicalSegments::InverseDocumentFrequency(const std::string& term) const {
  return Idf(static_cast<double>(passages()), static_cast<double>(DocumentFrequency(term)));
}

std::vector<bool> LexicalSegments::Holds(absl::string_view term, absl::Span<const PassageOrdinal> passages) const {
  std::vector<bool> holds;
  for (size_t begin = 0; begin < passages.size();) {
    const size_t segment = ordinals_.PlaceOf(passages[begin]).segment;
    std::vector<PassageOrdinal> inside;
    for (; begin < passages.size() && ordinals_.PlaceOf(passages[begin]).segment == segment; ++begin) {
      inside.push_back(ordinals_.PlaceOf(passages[begin]).passage);
    }
    const std::vector<bool> held = indexes_[segment]->Holds(term, inside);
    holds.insert(holds.end(), held.begin(), held.end());
  }
  return holds;
}

}  // namespace bedside
