// BM25F over title, headings, body and tags of the passages of one segment, searched in immutable bytes. How rare a
// term is in all segments is said by the query (lexical_query.h); LexicalSegments is what is asked.
//
// score(q, p) = sum over the terms t of q of idf(t) * tf / (k1 + tf), where tf is the sum over the fields of
// weight_f * tf_f / (1 - b_f + b_f * length_f / mean_length_f) and idf(t) = ln(1 + (N - n_t + 0.5) / (n_t + 0.5)).
// Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.6.
// tf / (k1 + tf) counts in steps of 1/256 (Impact in bm25f.h), and idf(t), times the weight of t, in steps of a power
// of two that is below 2^-22 of their sum over the question.
//
// Memory: the bytes, about 4 a posting. A search of one million passages for 100 takes about a third of a millisecond,
// for 1,000 about half a one (tools/bench/lexical_bench).
//
// Thread-safe, immutable. The format of the bytes is in docs/formats/lexical-index.md.
#ifndef BEDSIDE_INDEX_LEXICAL_LEXICAL_INDEX_H_
#define BEDSIDE_INDEX_LEXICAL_LEXICAL_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "index/lexical/lexical_format.h"
#include "index/lexical/lexical_layout.h"
#include "index/lexical/lexical_query.h"
#include "index/lexical/term_score.h"
#include "index/passage/passage_bitmap.h"
#include "index/passage/scored_passage.h"
#include "index/text/weighted_term.h"

namespace bedside {

class LexicalIndex {
 public:
  static constexpr int kFormatVersion = kLexicalFormatVersion;

  // Takes the bytes that LexicalIndexBuilder::Finish made. DATA_LOSS: not such bytes, or cut short; every offset is
  // checked here, so that a search cannot leave the bytes. FAILED_PRECONDITION: a format or analyser version that this
  // code does not read.
  static absl::StatusOr<std::unique_ptr<LexicalIndex>> Open(std::string bytes);
  ~LexicalIndex();

  // The `k` best passages of `allowed` that hold at least one of the terms, best first, exactly as exhaustive scoring
  // would rank them. REQUIRES: allowed.size() == passages()
  std::vector<ScoredPassage> Search(const LexicalQuery& query, const PassageBitmap& allowed, size_t k) const;

  // The same where this is the only segment of its corpus. The weights of a term that is repeated add up. REQUIRES:
  // allowed.size() == passages(), weights are above 0
  std::vector<ScoredPassage> Search(absl::Span<const WeightedTerm> terms, const PassageBitmap& allowed, size_t k) const;

  // The same with a weight of 1 for each term.
  std::vector<ScoredPassage> Search(absl::Span<const std::string> terms, const PassageBitmap& allowed, size_t k) const;

  // What each of `terms` that `passage` holds adds to the score with which Search finds it, in the order of `terms`,
  // one that is repeated at its first place. They add up to that score, but for its rounding to a float. REQUIRES:
  // `query` was made of `terms`, and passage is below passages()
  std::vector<TermScore> Explain(absl::Span<const WeightedTerm> terms, const LexicalQuery& query,
                                 PassageOrdinal passage) const;

  // Passages that hold `term`; 0 for one that is unknown.
  size_t DocumentFrequency(const std::string& term) const;

  // Whether each of `passages` holds `term`. REQUIRES: passages ascend, each below passages()
  std::vector<bool> Holds(absl::string_view term, absl::Span<const PassageOrdinal> passages) const;

  size_t passages() const;

  // False where the bytes know the terms and their holders only. REQUIRES for all that looks into postings (Search,
  // Explain, Holds, ForEachPosting): has_postings()
  bool has_postings() const;

  // The bytes of the index without its postings: the terms, and how many passages hold each.
  std::string WithoutPostings() const;

  // Calls `visit` with each posting of the passages in [begin, end): a term, a passage, and the impact of the term
  // there (bm25f.h). Term by term, of each the passages ascending. Cost: a look into the list of every term, and the
  // postings.
  void ForEachPosting(PassageOrdinal begin, PassageOrdinal end,
                      const std::function<void(size_t term, PassageOrdinal passage, uint8_t impact)>& visit) const;

  // The vocabulary: each term that a passage holds, once, in ascending byte order. Constant time each; what term()
  // returns lies in the bytes of the index and lives as long as it. REQUIRES: i < terms()
  size_t terms() const;
  absl::string_view term(size_t i) const;
  size_t DocumentFrequency(size_t i) const;

 private:
  explicit LexicalIndex(std::unique_ptr<LexicalLayout> layout);

  std::unique_ptr<LexicalLayout> layout_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_LEXICAL_INDEX_H_
