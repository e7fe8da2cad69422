// What a generation knows of the words of its corpus.
#ifndef BEDSIDE_INDEX_QUERY_CORPUS_LANGUAGE_H_
#define BEDSIDE_INDEX_QUERY_CORPUS_LANGUAGE_H_

#include "index/lexical/lexical_segments.h"
#include "index/query/abbreviation_table.h"
#include "index/query/word_table.h"

namespace bedside {

// Owned by the generation; none is null.
struct CorpusLanguage {
  const LexicalSegments* lexical;
  const WordTable* words;
  const AbbreviationTable* abbreviations;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_CORPUS_LANGUAGE_H_
