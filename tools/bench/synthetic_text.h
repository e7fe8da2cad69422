// Passages and questions drawn from a seed, for measuring an index at a size of which no texts lie at hand.
//
// What decides the work of a lexical search is how long the posting lists of a question are and how they overlap, so
// this is made like real text in that, and in nothing else:
//
// - Words are drawn by rank from the two regimes of natural vocabularies: the frequency falls as 1 / rank down to a
//   core of 7,873 words, and faster after it, so that new words keep appearing as the text grows (Heaps' law). Source:
//   Gerlach and Altmann, "Stochastic model for the vocabulary growth in natural languages" (2013). The exponent of the
//   second is that by which the vocabulary of bioasq-dev grows from 96,000 to 395,000 words: 0.6. Stop words do not
//   occur, since the analyser drops them.
// - Words cluster: a document has a topic, one of 1,000, with words of its own, and a few words that it is about, half
//   of them rare, which come again and again in its four passages.
// - The body of a passage has 61 terms in the mean, log-normal, which is about 95 words of running text; the passages
//   of a document share a title of 9 terms and, in six of ten documents, 8 tags; half of the passages have a heading.
// - A question has 3 to 8 terms: those that its document is about, those of its topic, and others, a third each, but
//   none of the 59 most frequent. Half of them are in less than 0.3 % of a million passages, a quarter in more than
//   1.7 %, a tenth in more than 4.7 %, a hundredth in more than 9 %. Of bioasq-dev, 13,038 passages, its questions have
//   0.5 %, 1.9 %, 5.4 % and 10 % (words without stop words).
//
// The same seed gives the same text on every machine with the same mathematical library. Immutable, thread-safe.
#ifndef BEDSIDE_TOOLS_BENCH_SYNTHETIC_TEXT_H_
#define BEDSIDE_TOOLS_BENCH_SYNTHETIC_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "index/lexical/lexical_index_writer.h"

namespace bedside {

class SyntheticText {
 public:
  explicit SyntheticText(uint64_t seed) : seed_(seed) {}

  static constexpr size_t kPassagesPerDocument = 4;

  // The terms of one passage, as an analyser would make them.
  LexicalTerms Passage(size_t ordinal) const;

  // The terms of a question about one of the first `passages` passages. REQUIRES: passages > 0
  std::vector<std::string> Question(size_t number, size_t passages) const;

 private:
  class Random;
  struct Document;

  Document DocumentAt(size_t number) const;
  uint64_t TopicWord(uint64_t topic, size_t index) const;
  uint64_t WordAbout(const Document& document, double on_focus, double on_topic, Random* random) const;
  std::vector<std::string> Words(size_t count, const Document& document, double on_focus, double on_topic,
                                 Random* random) const;

  uint64_t seed_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_SYNTHETIC_TEXT_H_
