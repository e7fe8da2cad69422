// What claims are checked against, and how it is read once for all of them.
#ifndef BEDSIDE_SERVICES_GROUNDING_SOURCE_READING_H_
#define BEDSIDE_SERVICES_GROUNDING_SOURCE_READING_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/lexical_analyzer.h"
#include "index/text/sentence_splitter.h"
#include "index/text/span.h"
#include "services/grounding/measures.h"
#include "services/grounding/sentence_reading.h"
#include "services/grounding/term_set.h"

namespace bedside {

// All valid UTF-8; whatever is not known may be empty.
struct GroundingSource {
  // Title, publisher and year: a claim that says no more than these says nothing.
  std::string name;
  // What else a reader is told of the source, such as its status: its words and numbers count as stated.
  std::string about;
  // Headings and what stands above lists and tables: limits or negates all of the text.
  std::string above;
  // What is cited.
  std::string text;
};

// A claim, or a sentence of a source.
struct ReadText {
  std::string text;
  SentenceReading reading;
  // In one spelling.
  TermSet terms;
  std::string plain_words;
};

ReadText ReadClaim(const LexicalAnalyzer& analyzer, absl::string_view text);

struct HeldSentence {
  // Number of the source, from 1, and bytes of its text.
  int source = 0;
  Span span;
  ReadText read;
  // Follows the sentence before it in the list, in the same line.
  bool follows = false;
};

struct SourceReading {
  // Of the text. List items and rows of tables, which are lines, are sentences of their own.
  std::vector<HeldSentence> sentences;
  // Of all of the source, and of what is not its text.
  TermSet terms;
  TermSet terms_around;
  Measures measures = Measures("");
  // Of the name alone.
  TermSet name;
  // What stands above negates: the text by itself would say the opposite.
  bool negated_from_above = false;
  // All of it, in small letters and one spelling, and this without what stands between letters and digits.
  std::string lower;
  std::string run_together;
};

// Letters and digits of `text`, in small letters; Greek ones as the Latin ones for which they are written ("β" as "b").
std::string RunTogether(absl::string_view text);

SourceReading ReadSource(const LexicalAnalyzer& analyzer, const SentenceSplitter& splitter,
                         const GroundingSource& source, int number);

// The part of the sources that a claim cites.
struct CitedText {
  std::vector<const SourceReading*> sources;
  // Of all these.
  std::vector<const HeldSentence*> sentences;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_SOURCE_READING_H_
