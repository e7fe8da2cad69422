// The tables of a corpus of a few documents of one passage, as a generation holds them.
#ifndef BEDSIDE_TESTS_INDEX_QUERY_SMALL_CORPUS_H_
#define BEDSIDE_TESTS_INDEX_QUERY_SMALL_CORPUS_H_

#include <memory>
#include <string>
#include <vector>

#include "index/lexical/lexical_index_builder.h"
#include "index/query/corpus_language.h"
#include "index/text/lexical_analyzer.h"
#include "tests/index/query/table_of_words.h"

namespace bedside {

class SmallCorpus {
 public:
  SmallCorpus(const LexicalAnalyzer* analyzer, const std::vector<std::string>& passages)
      : words_(TableOfWords(passages)) {
    LexicalIndexBuilder builder(analyzer);
    AbbreviationTableBuilder abbreviations(analyzer);
    for (const std::string& passage : passages) {
      builder.Add({"", "", passage, ""});
      abbreviations.Add(passage);
      abbreviations.NextDocument();
    }
    lexical_ = *LexicalIndex::Open(builder.Finish());
    segments_ = std::make_unique<LexicalSegments>(std::vector<const LexicalIndex*>{lexical_.get()});
    abbreviations_ = *AbbreviationTable::Open(abbreviations.Finish());
  }

  CorpusLanguage language() const { return {segments_.get(), words_.get(), abbreviations_.get()}; }

 private:
  std::unique_ptr<WordTable> words_;
  std::unique_ptr<LexicalIndex> lexical_;
  std::unique_ptr<LexicalSegments> segments_;
  std::unique_ptr<AbbreviationTable> abbreviations_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_QUERY_SMALL_CORPUS_H_
