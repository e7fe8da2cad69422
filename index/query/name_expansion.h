// Names in a question that have another name, and which.
#ifndef BEDSIDE_INDEX_QUERY_NAME_EXPANSION_H_
#define BEDSIDE_INDEX_QUERY_NAME_EXPANSION_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/query/abbreviation_table.h"
#include "index/query/surface_words.h"
#include "index/query/thesaurus.h"
#include "index/text/span.h"

namespace bedside {

struct NameExpansion {
  // Of the name in the question.
  Span span;
  std::string other_name;
};

// A question as names are looked up in it.
struct KeyedWords {
  absl::string_view question;
  // Spans in `question`; a misspelt word with the text that was meant.
  std::vector<SurfaceWord> words;
  // WordKey of each.
  std::vector<std::string> keys;
};

// Abbreviations with the long form that they clearly stand for, and long forms of two words or more with their
// abbreviation. A question in capitals has no abbreviations, "As" and "AND" are words, and what a question explains
// itself, as in "MS (mitral stenosis)", is left to it. The longest name at each place counts.
std::vector<NameExpansion> ExpandAbbreviations(const KeyedWords& question, const AbbreviationTable& table);

// Names of the thesaurus with their other names, at most Thesaurus::kMaxOtherNames each. The longest name counts.
std::vector<NameExpansion> ExpandByThesaurus(const KeyedWords& question, const Thesaurus& thesaurus);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_NAME_EXPANSION_H_
