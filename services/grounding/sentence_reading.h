// A sentence as its words, measures and what they turn round, for comparing what stands beside what in two sentences.
#ifndef BEDSIDE_SERVICES_GROUNDING_SENTENCE_READING_H_
#define BEDSIDE_SERVICES_GROUNDING_SENTENCE_READING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/text/span.h"
#include "services/grounding/measures.h"
#include "services/grounding/opposites.h"

namespace bedside {

struct Token {
  // Bytes of the sentence.
  Span span;
  // ASCII letters in lower case; hyphens and apostrophes within it stay. A measure's: as written.
  std::string word;
  // Equal for words of one stem; all measures have one.
  uint64_t key = 0;
  // A measure, or a word that is not one of grammar.
  bool content = false;
  bool measure = false;
};

struct SentenceReading {
  std::vector<Token> tokens;
  // Numbers that stand by themselves, "CD4" has none, each with the index of its one token, which covers its unit.
  struct PlacedMeasure {
    StatedMeasure measure;
    size_t token;
  };
  std::vector<PlacedMeasure> measures;
  // Indexes of tokens.
  std::vector<size_t> negations;
  // Names, also those that are part of a compound ("cisplatin-mediated").
  struct PlacedDrug {
    // In small letters; equal keys for one name.
    std::string name;
    uint64_t key;
    size_t token;
  };
  std::vector<PlacedDrug> drugs;
  struct PlacedSide {
    Side side;
    size_t token;
  };
  std::vector<PlacedSide> sides;
  // Some word of it denies: see Denies.
  bool denies = false;
  // It asks or supposes something ("whether", "hypothesised") rather than saying that it is so.
  bool supposes = false;
};

// Linear in the text. REQUIRES: IsValidUtf8(sentence)
SentenceReading ReadSentence(absl::string_view sentence);

// Words and measures in order, with the bounds of these: the same for sentences that differ in white space, in the case
// of letters and in punctuation only.
std::string PlainWords(const SentenceReading& reading);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_SENTENCE_READING_H_
