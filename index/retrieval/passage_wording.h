// What a passage says, word for word, for telling whether another says nothing more.
//
// The measure is the containment of Broder ("On the resemblance and containment of documents", 1997) with whole
// sentences for shingles, and all of them must be contained. A lower threshold, or shingles of a few words, would let
// passages through that differ in one word, and that word may be the drug, the dose or the "not".
#ifndef BEDSIDE_INDEX_RETRIEVAL_PASSAGE_WORDING_H_
#define BEDSIDE_INDEX_RETRIEVAL_PASSAGE_WORDING_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/sentence_splitter.h"

namespace bedside {

// Immutable, thread-safe. Cost: linear in the text; some 20 microseconds for a passage of 250 words.
class PassageWording {
 public:
  // `above`: title, headings and what else is said over the text; one a line or not. `splitter` need not outlive it.
  // REQUIRES: IsValidUtf8 of both
  PassageWording(const SentenceSplitter& splitter, absl::string_view text, absl::string_view above);

  // Whether a reader of this passage has read `other`, too:
  // - the sentences of `other` stand here one after another in the same words in the same order; articles, forms of
  //   "be" and "have", "this", "of", punctuation and the case of long words do not count; prepositions, "may", "and",
  //   the question mark and all else do, and so do "A" (hepatitis A) and "IT" (intrathecal) in capitals;
  // - numbers, signs (<, ±, %) and negations are the same, as often, in both, also beyond those sentences;
  // - the same words stand above both in the same order, but for names of parts of a document ("Results"): the same
  //   text about another disease, for children, or under "Contraindications" is not the same, even if it names both.
  // A passage without words holds none and is held by none.
  bool Holds(const PassageWording& other) const;

 private:
  using Words = std::vector<std::string>;

  // What counts of each, with single spaces.
  Words sentences_;
  // Numbers, signs and negations, sorted.
  Words guarded_;
  // Words of what stands above the text.
  Words above_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RETRIEVAL_PASSAGE_WORDING_H_
