// The lexical indexes of a corpus as one: a passage scores as it would in a single index of all of them that was built
// with the same mean lengths, to the bit. Passages are numbered through, those of the first index first.
//
// Passages of documents that are no longer in the corpus count in the statistics until their segment is merged.
//
// Thread-safe, immutable.
#ifndef BEDSIDE_INDEX_LEXICAL_LEXICAL_SEGMENTS_H_
#define BEDSIDE_INDEX_LEXICAL_LEXICAL_SEGMENTS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "index/lexical/lexical_index.h"
#include "index/lexical/term_score.h"
#include "index/passage/passage_bitmap.h"
#include "index/passage/scored_passage.h"
#include "index/passage/segment_ordinals.h"
#include "index/text/weighted_term.h"

namespace bedside {

class LexicalSegments {
 public:
  // All must outlive the object.
  explicit LexicalSegments(std::vector<const LexicalIndex*> indexes);

  // The `k` best passages of `allowed`, a bitmap a segment, that hold at least one of `terms`, best first. The weights
  // of a term that is repeated add up. REQUIRES: each bitmap is of the passages of its segment, weights are above 0
  std::vector<ScoredPassage> Search(absl::Span<const WeightedTerm> terms, absl::Span<const PassageBitmap> allowed,
                                    size_t k) const;

  // See LexicalIndex::Explain.
  std::vector<TermScore> Explain(absl::Span<const WeightedTerm> terms, PassageOrdinal passage) const;

  // Passages that hold `term`; 0 for one that is unknown.
  size_t DocumentFrequency(const std::string& term) const;

  // How rare `term` is: Idf of bm25f.h for its passages, so the most that it can add to a score with a weight of 1. An
  // unknown term counts as held by none, and is rarer than any known one.
  double InverseDocumentFrequency(const std::string& term) const;

  // Whether each of `passages` holds `term`. REQUIRES: passages ascend, each below passages()
  std::vector<bool> Holds(absl::string_view term, absl::Span<const PassageOrdinal> passages) const;

  size_t passages() const { return ordinals_.passages(); }

 private:
  LexicalQuery QueryOf(absl::Span<const WeightedTerm> terms) const;

  std::vector<const LexicalIndex*> indexes_;
  SegmentOrdinals ordinals_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_LEXICAL_SEGMENTS_H_
